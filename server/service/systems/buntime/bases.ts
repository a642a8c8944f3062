// The form of a base, and what a wrong one may have meant.

export const isBase = (text: string): boolean => text === "/" || /^\/[a-zA-Z0-9_-]+$/.test(text);

/** Why the host doesn't load a plugin with these manifest values; undefined when their `base` is fine or absent. */
export function baseRefusal(values: Readonly<Record<string, unknown>>): string | undefined {
  if (!("base" in values)) return undefined;
  const { base } = values;
  if (typeof base !== "string")
    return '"base" is not a text; write one segment such as "/hello", or leave it out for a plugin without routes';
  if (isBase(base)) return undefined;
  return `"base: ${base}" is not one segment with a leading slash; the host does not load the plugin, write for example "/hello"`;
}

/** Bases that hosts keep for themselves, or list as reserved. */
export const RESERVED_BASES: ReadonlySet<string> = new Set(["/", "/api", "/_", "/health"]);

/** A legal base near to the given text; undefined when nothing is left of it. */
export function nearBase(text: string): string | undefined {
  const segments = text
    .replace(/^[a-z]+:\/\/[^/]*/i, "")
    .split("/")
    .map((part) =>
      part
        .trim()
        .replace(/[^a-zA-Z0-9_-]+/g, "-")
        .replace(/^-+|-+$/g, ""),
    )
    .filter((part) => part !== "");
  return segments.length > 0 ? `/${segments.join("-")}` : undefined;
}
