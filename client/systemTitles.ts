// What the four systems and their documents are called in lists: the system first, so that what belongs together reads so.

export const systemTitles: Readonly<Record<string, string>> = {
  buntime: "Buntime",
  metaflow: "Metaflow UI",
  openjourney: "OpenJourney",
  skypilot: "SkyPilot",
};

/** "OpenJourney: kustomization file" for "openjourney/kustomization" and the title that the server gives it. */
export function documentTitle({ document, title }: { readonly document: string; readonly title: string }): string {
  const system = systemTitles[document.slice(0, document.indexOf("/"))];
  if (system === undefined) return title.slice(0, 1).toUpperCase() + title.slice(1);
  const own = title.startsWith(system) ? title.slice(system.length).replace(/^:? +/, "") : title;
  return `${system}: ${own.replace(`an ${system} plugin`, "a plugin").replace(`a ${system} plugin`, "a plugin")}`;
}
