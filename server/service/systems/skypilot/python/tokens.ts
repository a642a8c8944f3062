// Python text as strings, comments, and the single characters between them.

import { endOfString } from "./lines.js";

export interface Token {
  readonly kind: "char" | "string" | "comment";
  readonly at: number;
  readonly to: number;
}

export function* tokens(source: string, from = 0): Iterable<Token> {
  let at = from;
  while (at < source.length) {
    const char = source.charAt(at);
    const newline = char === "#" ? source.indexOf("\n", at) : -1;
    const isQuote = char === '"' || char === "'";
    const to = char === "#" ? (newline < 0 ? source.length : newline) : isQuote ? endOfString(source, at).at : at + 1;
    yield { kind: char === "#" ? "comment" : to > at + 1 ? "string" : "char", at, to };
    at = to;
  }
}
