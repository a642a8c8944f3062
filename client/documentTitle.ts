// What a document is called in lists: its system first, so that what belongs together reads so.

import { SYSTEMS } from "../server/service/index.js";

/** "OpenJourney: kustomization file" for "openjourney/kustomization" and the title that the server gives it. */
export function documentTitle({ document, title }: { readonly document: string; readonly title: string }): string {
  const system = SYSTEMS.find(({ id }) => document.startsWith(`${id}/`))?.title;
  if (system === undefined) return title.slice(0, 1).toUpperCase() + title.slice(1);
  const own = title.startsWith(system) ? title.slice(system.length).replace(/^:? +/, "") : title;
  return `${system}: ${own.replace(`an ${system} plugin`, "a plugin").replace(`a ${system} plugin`, "a plugin")}`;
}
