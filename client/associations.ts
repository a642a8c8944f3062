// The setting `plugsmith.associations` as read from a settings file, which may hold anything. In a file of its own, since it
// is needed before all else is loaded.

/** Glob -> "system/document" or "off"; anything else is left out. */
export function associationsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.flatMap(([glob, to]) => (typeof to === "string" ? [[glob, to]] : [])));
}
