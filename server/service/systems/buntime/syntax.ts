// Does a JavaScript entry parse? Read, never run, by a parser for standard JavaScript: what Bun takes beyond it (JSX, decorators,
// import assertions) and what a newer engine may take is never a mistake here, and TypeScript isn't judged at all.

import type * as Acorn from "acorn";
import { rememberText } from "../../text/remember.js";
import type { Files } from "../facts.js";

export interface SyntaxMistake {
  /** The parser's words, such as "Unexpected token". */
  readonly message: string;
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
}

export interface Import {
  /** As written, such as "./store.js". */
  readonly from: string;
  readonly offset: number;
}

/** What can be said of a JavaScript file: its first mistake, or what a module imports before its first line runs. */
export interface Judged {
  readonly mistake?: SyntaxMistake;
  readonly imports: readonly Import[];
}

/** The first syntax mistake of a `.js`, `.mjs` or `.cjs` file; undefined when it parses or can't be judged. */
export const syntaxMistake = (name: string, text: string): SyntaxMistake | undefined => judge(name, text).mistake;

function judge(name: string, text: string): Judged {
  if (!/\.[mc]?js$/.test(name)) return NOTHING;
  const asModule = read(text, { sourceType: "module" });
  if ("imports" in asModule) return asModule;
  const { mistake } = asModule;
  if (!mistake || isBeyondStandard(text, mistake)) return NOTHING;
  const asScript = read(text, { sourceType: "script", allowReturnOutsideFunction: true });
  return "imports" in asScript ? NOTHING : { mistake, imports: [] };
}

const NOTHING: Judged = { imports: [] };

/** Characters up to which an editor can wait for the parser, which reads some five million a second; packing asks it for any. */
const MAX_CODE = 500_000;
const MOST_KEPT = 50;

/** The same for a file of the workspace, once for each of its versions. */
export function judgedFile(path: string, files: Files): Judged {
  const text = files.read(path);
  return text === undefined || text.length > MAX_CODE ? NOTHING : judgedIn(files, path, text);
}

const judgedIn = rememberText((text, path) => judge(path, text), MOST_KEPT);

/** Loaded with the first entry: most sessions never see one, and none should wait for the parser at its start. */
declare const require: (id: "acorn") => typeof Acorn;

type Answer = { readonly imports: readonly Import[] } | { readonly mistake: SyntaxMistake | undefined };

function read(text: string, options: Partial<Acorn.Options>): Answer {
  try {
    const code = text.replace(/^\uFEFF/, " ");
    const { body } = require("acorn").parse(code, { ecmaVersion: "latest", allowHashBang: true, ...options });
    return { imports: importsIn(body) };
  } catch (error) {
    // Anything but a complaint with a place, such as too deep a nesting, says nothing about the code.
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number")
      return { mistake: undefined };
    const line = text.slice(0, error.pos).split("\n").length;
    return { mistake: { message: error.message.replace(/ \(\d+:\d+\)$/, ""), offset: error.pos, line } };
  }
}

function importsIn(body: Acorn.Program["body"]): readonly Import[] {
  return body.flatMap((statement) => {
    const source = "source" in statement ? statement.source : undefined;
    return source && typeof source.value === "string" ? [{ from: source.value, offset: source.start }] : [];
  });
}

function isBeyondStandard(text: string, { offset, message }: SyntaxMistake): boolean {
  if (message.startsWith("Invalid regular expression")) return true;
  if (/^(<|@|assert\b|#!)/.test(text.slice(offset, offset + 8))) return true;
  return /(@|\baccessor|\bimport\s+(defer|source)\b.{0,200})\s*$/.test(text.slice(Math.max(0, offset - 240), offset));
}
