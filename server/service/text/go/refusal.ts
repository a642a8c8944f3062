// Whether Go's YAML reader takes the first document of a text, and how much of it is that document. It is the grammar of
// libyaml, which knows no indentation inside braces and quotes.

import type { Span } from "../node.js";
import type { Token } from "./letters.js";
import { Refused } from "./scalars.js";
import { Tokens } from "./tokens.js";

export interface GoDocument {
  /** The first place that it refuses. */
  readonly refusal: { readonly at: number; readonly message: string } | undefined;
  /** Where the document ends: what stands behind it is never looked at. */
  readonly end: number;
  /** What stricter readers stumble over before that. */
  readonly lenient: readonly Span[];
  /** Plain values of one dash in braces before that. */
  readonly dashes: readonly number[];
}

export function goDocumentIn(text: string): GoDocument {
  const tokens = new Tokens(text);
  try {
    document(tokens);
    const { start } = tokens.peek();
    return { refusal: undefined, end: start, lenient: tokens.lenient, dashes: tokens.dashes };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const refusal = { at: error.at, message: error.message };
    return { refusal, end: text.length, lenient: tokens.lenient, dashes: tokens.dashes };
  }
}

function document(tokens: Tokens): void {
  const isImplicit = !is(tokens, "directive", "document-start", "stream-end");
  while (is(tokens, "directive")) tokens.skip();
  if (!isImplicit) {
    if (is(tokens, "stream-end")) return;
    if (!is(tokens, "document-start")) fail(tokens, "a directive needs a document behind it; remove the line");
    tokens.skip();
    if (is(tokens, "directive", "document-start", "document-end", "stream-end")) return;
  }
  node(tokens, { block: true, indentless: false });
}

const is = (tokens: Tokens, ...some: readonly Token[]): boolean => some.includes(tokens.peek().token);

function fail(tokens: Tokens, message: string): never {
  throw new Refused(tokens.peek().start, message);
}

function node(tokens: Tokens, { block, indentless }: { readonly block: boolean; readonly indentless: boolean }): void {
  if (is(tokens, "alias")) {
    tokens.skip();
    return;
  }
  const seen: Token[] = [];
  while (is(tokens, "anchor", "tag") && !seen.includes(tokens.peek().token)) {
    seen.push(tokens.peek().token);
    tokens.skip();
  }
  const { token } = tokens.peek();
  if (indentless && token === "-") indentlessList(tokens);
  else if (token === "scalar") tokens.skip();
  else if (token === "[") inBraces(tokens, "]");
  else if (token === "{") inBraces(tokens, "}");
  else if (block && token === "block-sequence") blockList(tokens);
  else if (block && token === "block-map") blockMap(tokens);
  else if (seen.length === 0)
    fail(
      tokens,
      token === "document-end"
        ? '"..." ends the document before it has begun; remove the line'
        : "a value is missing before this place",
    );
}

const INSIDE = { block: true, indentless: false };
const BELOW_KEY = { block: true, indentless: true };
const IN_FLOW = { block: false, indentless: false };

function blockList(tokens: Tokens): void {
  tokens.skip();
  while (!is(tokens, "block-end")) {
    if (!is(tokens, "-")) fail(tokens, MISALIGNED);
    tokens.skip();
    if (!is(tokens, "-", "block-end")) node(tokens, INSIDE);
  }
  tokens.skip();
}

const MISALIGNED = "this line is indented like none of those above that it could belong to; align it";

function indentlessList(tokens: Tokens): void {
  while (is(tokens, "-")) {
    tokens.skip();
    if (!is(tokens, "-", "key", "value", "block-end")) node(tokens, INSIDE);
  }
}

function blockMap(tokens: Tokens): void {
  tokens.skip();
  while (!is(tokens, "block-end")) {
    if (!is(tokens, "key")) fail(tokens, MISALIGNED);
    tokens.skip();
    if (!is(tokens, "key", "value", "block-end")) node(tokens, BELOW_KEY);
    if (!is(tokens, "value")) continue;
    tokens.skip();
    if (!is(tokens, "key", "value", "block-end")) node(tokens, BELOW_KEY);
  }
  tokens.skip();
}

/** A list or map in braces; in a list, a key begins a map of one pair. */
function inBraces(tokens: Tokens, closing: "]" | "}"): void {
  tokens.skip();
  for (let first = true; !is(tokens, closing); first = false) {
    if (!first) comma(tokens, closing);
    if (is(tokens, "key")) {
      tokens.skip();
      if (!is(tokens, "value", ",", closing)) node(tokens, IN_FLOW);
      if (!is(tokens, "value")) continue;
      tokens.skip();
      if (!is(tokens, ",", closing)) node(tokens, IN_FLOW);
    } else if (!is(tokens, closing)) node(tokens, IN_FLOW);
  }
  tokens.skip();
}

function comma(tokens: Tokens, closing: string): void {
  if (!is(tokens, ",")) fail(tokens, `"," or "${closing}" is missing before this place`);
  tokens.skip();
}
