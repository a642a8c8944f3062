// YAML text as the documents of the `yaml` package, with the problems of its syntax in our words. A quote without an end is
// worked around, so that it costs its own line and not the rest of the file.

import { type Document, parseAllDocuments, visit, type YAMLParseError } from "yaml";
import type { SyntaxProblem } from "../node.js";
import { syntaxProblems } from "./problems.js";

declare global {
  interface ErrorConstructor {
    /** Of V8: frames that an error notes. */
    stackTraceLimit: number;
  }
}

export interface YamlSource {
  readonly documents: readonly Document.Parsed[];
  readonly problems: readonly SyntaxProblem[];
  /** The parser's own errors, of which `problems` leaves out what follows from others. */
  readonly errors: readonly YAMLParseError[];
  /** The text that was read in the end: that of the file, with blanks for quotes that have no end. */
  readonly text: string;
}

export const readSource = (text: string): YamlSource => readRepaired(text, 0);

/** So many unclosed quotes are worked around, each with another reading of the text. */
const MOST_REPAIRS = 8;

function readRepaired(text: string, repairs: number): YamlSource {
  const documents = documentsOf(text);
  const quote = unclosedQuote(documents);
  // On the last line there is no rest to save, and a caret there still is in its quotes.
  if (quote !== undefined && repairs < MOST_REPAIRS && text.slice(quote).includes("\n")) {
    const rest = readRepaired(`${text.slice(0, quote)} ${text.slice(quote + 1)}`, repairs + 1);
    const end = quote + (/^[^\r\n]*/.exec(text.slice(quote))?.[0] ?? "").length;
    // What the text is without its quotes, such as an "@" at its beginning, is none of its mistakes.
    const others = rest.problems.filter(({ span: [start] }) => start < quote || start > end);
    return { ...rest, problems: [{ span: [quote, end], message: UNCLOSED }, ...others] };
  }
  const found = documents.flatMap(({ errors }) => syntaxProblems(errors, text));
  const problems =
    quote === undefined ? found : found.map((one) => (isOpen(one) ? { ...one, ...cutOff(quote, text) } : one));
  return { documents, problems, errors: documents.flatMap(({ errors }) => errors), text };
}

/** The package makes an `Error` of each mistake, and where in its code that was takes longer to note than the mistake to find. */
function documentsOf(text: string): readonly Document.Parsed[] {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return parseAllDocuments(text, {
      schema: "failsafe",
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
      stringKeys: false,
    });
  } finally {
    Error.stackTraceLimit = usual;
  }
}

export const UNCLOSED = "this text has no closing quote; add it at the end";

const isOpen = ({ message }: SyntaxProblem): boolean => /^missing closing ["']/.test(message);

const cutOff = (quote: number, text: string): SyntaxProblem => ({
  span: [quote, Math.max(quote + 1, text.trimEnd().length)],
  message: "this text has no closing quote; add it",
});

/** A quote without an end swallows the rest of the file; read without that quote, only its own line is lost. */
function unclosedQuote(documents: readonly Document.Parsed[]): number | undefined {
  for (const document of documents) {
    const error = document.errors.find(({ code, message }) => code === "MISSING_CHAR" && /closing ["']/.test(message));
    if (!error) continue;
    let start: number | undefined;
    visit(document, {
      Scalar(_, { range, type }) {
        if (!range || !/^QUOTE/.test(type ?? "") || range[1] < error.pos[0]) return undefined;
        start = range[0];
        return visit.BREAK;
      },
    });
    if (start !== undefined) return start;
  }
  return undefined;
}
