// What a cluster would take in place of a name that it refuses.

/** `My_Team` is `my-team`; "" where nothing is left. */
export const asName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");

/** `a team` is `a-team`; "" where nothing is left. */
export const asLabel = (text: string): string =>
  text
    .replace(/[^-A-Za-z0-9_.]+/g, "-")
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");

/** A prefix or suffix of names: one end of it stands within the name. */
export const asAffix = (text: string, field: "namePrefix" | "nameSuffix"): string => {
  const plain = text.toLowerCase().replace(/[^-a-z0-9.:]+/g, "-");
  return field === "namePrefix" ? plain.replace(/^[-.]+/, "") : plain.replace(/[-.]+$/, "");
};

/** A key of a ConfigMap. */
export const asDataKey = (text: string): string => text.trim().replace(/[^-._A-Za-z0-9]+/g, "_");
