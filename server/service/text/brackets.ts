// Brackets outside of quotes: which are open at the end of a text.

/** What would close them, the innermost first; undefined where one closes that was never open. */
export function openBrackets(text: string): string | undefined {
  const open: string[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|(?<!\w)'[^'\n]*'|[[\]{}]/g)) {
    if (token === "{") open.unshift("}");
    else if (token === "[") open.unshift("]");
    else if (token === "]" || token === "}") {
      if (token !== open[0]) return undefined;
      open.shift();
    }
  }
  return open.join("");
}
