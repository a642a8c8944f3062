// The form of a base, and what a wrong one may have meant.

export const isBase = (text: string): boolean => text === "/" || /^\/[a-zA-Z0-9_-]+$/.test(text);

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
