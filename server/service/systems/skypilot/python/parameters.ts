// The parameters of a Python `def`, and whether keyword arguments fit them.

export interface Parameter {
  readonly name: string;
  readonly hasDefault: boolean;
  readonly kind: "positional" | "normal" | "keyword" | "rest" | "named-rest";
}

/** Whether a method with these parameters, its own object included, can be called with so many values and no names. */
export function takes(values: number, parameters: readonly Parameter[]): boolean {
  const places = parameters.filter(({ kind }) => kind === "positional" || kind === "normal");
  const isOpen = parameters.some(({ kind }) => kind === "rest");
  const needed = places.filter(({ hasDefault }) => !hasDefault).length;
  const isNamed = parameters.some(({ kind, hasDefault }) => kind === "keyword" && !hasDefault);
  return !isNamed && values + 1 >= needed && (isOpen || values + 1 <= places.length);
}

/** Reads what stands between the brackets: `self, a, b: int = 3, /, *, c, **more`. */
export function parametersOf(text: string): readonly Parameter[] {
  const found: Parameter[] = [];
  let isKeywordOnly = false;
  for (const part of splitTop(text, ",").map((one) => one.trim())) {
    if (part === "") continue;
    if (part === "/") {
      found.forEach((one, at) => {
        if (one.kind === "normal") found[at] = { ...one, kind: "positional" };
      });
      continue;
    }
    if (part === "*") {
      isKeywordOnly = true;
      continue;
    }
    const [, stars = "", name = ""] = /^(\*{0,2})\s*([\p{L}_][\p{L}\p{N}_]*)/u.exec(part) ?? [];
    if (name === "") continue;
    const hasDefault = splitTop(part, "=").length > 1;
    if (stars === "**") found.push({ name, hasDefault: true, kind: "named-rest" });
    else if (stars === "*") {
      found.push({ name, hasDefault: true, kind: "rest" });
      isKeywordOnly = true;
    } else found.push({ name, hasDefault, kind: isKeywordOnly ? "keyword" : "normal" });
  }
  return found;
}

/** Cuts at a separator outside of brackets; `==`, `<=` and the like don't count as `=`. */
export function splitTop(text: string, separator: "," | "=" | ":" | ";"): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth = Math.max(0, depth - 1);
    if (char !== separator || depth > 0) continue;
    if (separator === "=" && (text.charAt(at + 1) === "=" || /[=<>!]/.test(text.charAt(at - 1)))) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}
