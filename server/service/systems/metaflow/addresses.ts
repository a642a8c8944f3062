// Where an address written in a plugin leads once the page has put it into its own: S/plugin/<name>/<address>. Nothing
// is resolved against another origin for an entrypoint; for files named in the plugin's HTML the browser's rules hold.

export type Target =
  /** A file at the top of the plugin's folder, by its bare name: the only kind that the service serves. */
  | { readonly kind: "top"; readonly name: string }
  | { readonly kind: "folder" }
  | { readonly kind: "subfolder"; readonly path: string; readonly name: string }
  | { readonly kind: "otherPlugin"; readonly plugin: string; readonly name: string }
  | { readonly kind: "outside" }
  | { readonly kind: "absolute"; readonly name: string; readonly web: boolean };

/** An `entrypoint` as the page reads it; `dist/index.html?x=1` is the subfolder path `dist/index.html`. */
export function entrypointTarget(entrypoint: string): Target {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(entrypoint)?.[1];
  const path = withoutQuery(entrypoint);
  if (scheme !== undefined || /^[\\/]{2}/.test(entrypoint)) {
    const name = path.replace(/^[A-Za-z][A-Za-z0-9+.-]*:/, "").replace(/^[\\/]+[^\\/]*/, "");
    return { kind: "absolute", name: lastPart(name), web: /^https?$/i.test(scheme ?? "") };
  }
  return fold(path);
}

export type Reference =
  | Target
  /** Beginning with one slash: counted from the service's root, not from the plugin. */
  | { readonly kind: "rooted"; readonly path: string }
  /** Another origin, `data:`, a fragment, a template: nothing to say about. */
  | { readonly kind: "foreign" };

/** An address in the entrypoint's HTML: `src`, `href`, `url(…)`, the argument of `fetch`. */
export function referenceTarget(address: string): Reference {
  const text = address.trim();
  if (text === "" || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) || /^[\\/]{2}/.test(text)) return { kind: "foreign" };
  if (/^[#?]/.test(text) || /\{\{|\$\{|<%|%[A-Z_]+%/.test(text)) return { kind: "foreign" };
  return text.startsWith("/") ? { kind: "rooted", path: withoutQuery(text) } : fold(withoutQuery(text));
}

/** The name as the service looks it up: percent-decoded once. */
function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function fold(path: string): Target {
  const parts: string[] = ["plugin", "\u0000this"];
  for (const part of path.replace(/\\/g, "/").split("/")) {
    const plain = part.replace(/%2e/gi, ".");
    if (plain === "..") parts.pop();
    else if (plain !== "" && plain !== ".") parts.push(decodeOnce(part));
  }
  const [first, plugin, name, ...deeper] = parts;
  if (first !== "plugin" || plugin === undefined) return { kind: "outside" };
  const isThis = plugin === "\u0000this";
  if (name === undefined) return isThis ? { kind: "folder" } : { kind: "outside" };
  if (!isThis) return deeper.length > 0 ? { kind: "outside" } : { kind: "otherPlugin", plugin, name };
  if (deeper.length > 0) return { kind: "subfolder", path: [name, ...deeper].join("/"), name: deeper.at(-1) ?? name };
  return name.includes("/") ? { kind: "subfolder", path: name, name: lastPart(name) } : { kind: "top", name };
}

const withoutQuery = (address: string): string => address.replace(/[?#][\s\S]*$/, "");
const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) ?? "";
