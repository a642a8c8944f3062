// Which versions of the plugin API the page takes. It compares three numbers, each the leading digits of a part between dots;
// a part that is missing decides for "lower", unless an earlier part has decided.

export const SUPPORTED = "0.13.0";
export const RECOMMENDED = "1.1.0";

export function isAtLeast(version: string, wanted: string): boolean {
  const own = numbers(version);
  const other = numbers(wanted);
  for (let at = 0; at < 3; at += 1) {
    const [mine, theirs] = [own[at] ?? Number.NaN, other[at] ?? Number.NaN];
    if (mine !== theirs) return mine > theirs;
  }
  return true;
}

function numbers(version: string): readonly number[] {
  return version.split(".").map((part) => (part === "" ? Number.NaN : Number(/^\d*/.exec(part)?.[0] ?? "0")));
}
