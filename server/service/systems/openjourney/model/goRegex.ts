// Go's regular expressions (RE2) judged from here: certainly broken, or usable as a JavaScript one, or not knowable.

export type Compiled =
  | { readonly is: "regex"; readonly test: (text: string) => boolean }
  | { readonly is: "broken"; readonly why: string }
  | { readonly is: "unknown" };

/** `pattern` anchored at both ends, as kustomize does with the keys of a target. */
export function compileGo(pattern: string): Compiled {
  if (/^[\w-]+$/.test(pattern)) return { is: "regex", test: (text) => text === pattern };
  const foreign = NOT_IN_GO.find(({ seen }) => seen.test(pattern));
  if (foreign) return { is: "broken", why: foreign.why };
  try {
    const regex = new RegExp(`^(?:${pattern})$`, "s");
    if (pattern.length > 200 || RISKY.test(pattern) || ONLY_IN_GO.test(pattern)) return { is: "unknown" };
    return { is: "regex", test: (text) => regex.test(text) };
  } catch (error) {
    if (ONLY_IN_GO.test(pattern)) return { is: "unknown" };
    const said = error instanceof Error ? error.message : "";
    return { is: "broken", why: (said.split(": ").at(-1) ?? "it can't be parsed").toLowerCase() };
  }
}

const NOT_IN_GO = [
  { seen: /(?<!\\)\(\?<?[=!]/, why: "Go knows no look-ahead or look-behind" },
  { seen: /(?<!\\)(\\\\)*\\[1-9]/, why: "Go knows no back references" },
];

/** Nested repetition could hang a backtracking engine; Go's own can't hang. */
const RISKY = /[+*}]\)*[+*{]|\([^)]*[+*][^)]*\)[+*{]/;
const ONLY_IN_GO = /\(\?[A-Za-z-]|\\[AzQpPaC]|\[\[:/;
