// Does a JavaScript entry parse? Read, never run, by a parser for standard JavaScript: what Bun takes beyond it (JSX, decorators,
// import assertions) and what a newer engine may take is never a mistake here, and TypeScript isn't judged at all.

import type * as Acorn from "acorn";
import { remember } from "../../text/remember.js";
import type { Files } from "../facts.js";

export interface SyntaxMistake {
  /** The parser's words, such as "Unexpected token". */
  readonly message: string;
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
}

/** The first syntax mistake of a `.js`, `.mjs` or `.cjs` file; undefined when it parses or can't be judged. */
export function syntaxMistake(name: string, text: string): SyntaxMistake | undefined {
  if (!/\.[mc]?js$/.test(name)) return undefined;
  const asModule = mistakeOf(text, { sourceType: "module" });
  if (!asModule || !mistakeOf(text, { sourceType: "script", allowReturnOutsideFunction: true })) return undefined;
  return isBeyondStandard(text, asModule) ? undefined : asModule;
}

/** Characters up to which an editor can wait for the parser, which reads some five million a second; packing asks it for any. */
const MAX_CODE = 500_000;
const MOST_KEPT = 50;

/** The same for a file of the workspace, once for each of its versions. */
export function mistakeIn(path: string, files: Files): SyntaxMistake | undefined {
  const text = files.read(path);
  if (text === undefined || text.length > MAX_CODE) return undefined;
  const kept = judged(files);
  const found = kept.get(path);
  if (found?.text === text) return found.mistake;
  if (kept.size >= MOST_KEPT) kept.clear();
  const mistake = syntaxMistake(path, text);
  kept.set(path, { text, mistake });
  return mistake;
}

const judged = remember(
  (_: Files) => new Map<string, { readonly text: string; readonly mistake: SyntaxMistake | undefined }>(),
);

/** Loaded with the first entry: most sessions never see one, and none should wait for the parser at its start. */
declare const require: (id: "acorn") => typeof Acorn;

function mistakeOf(text: string, options: Partial<Acorn.Options>): SyntaxMistake | undefined {
  try {
    require("acorn").parse(text.replace(/^\uFEFF/, " "), { ecmaVersion: "latest", allowHashBang: true, ...options });
    return undefined;
  } catch (error) {
    // Anything but a complaint with a place, such as too deep a nesting, says nothing about the code.
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") return undefined;
    const line = text.slice(0, error.pos).split("\n").length;
    return { message: error.message.replace(/ \(\d+:\d+\)$/, ""), offset: error.pos, line };
  }
}

function isBeyondStandard(text: string, { offset, message }: SyntaxMistake): boolean {
  if (message.startsWith("Invalid regular expression")) return true;
  if (/^(<|@|assert\b|#!)/.test(text.slice(offset, offset + 8))) return true;
  return /(@|\baccessor|\bimport\s+(defer|source)\b.{0,200})\s*$/.test(text.slice(Math.max(0, offset - 240), offset));
}
