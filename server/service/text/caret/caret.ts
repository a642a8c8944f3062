// Where is the caret, in the terms of the document? Answers with every place that text typed here could belong to:
// a key of a map, a value, or a new list item. Works on half-typed and empty text, without patching it.
//
//   plugins:
//     - class: a.B
//       |            <- a key of the item's map      (at: plugins/0, column 4)
//     |              <- a new item of `plugins`      (at: plugins, column 2)
//   |                <- a key of the document

import { openBrackets } from "../brackets.js";
import { findChain, type Step } from "../chain.js";
import type { KeyPath, MapNode, Node, ScalarNode, Span } from "../node.js";
import type { Parsed } from "../parsed.js";
import { lineStartIn, type Slices } from "../slices.js";
import { UNCLOSED } from "../yaml/source.js";
import { blockCarets } from "./block.js";
import { flowCarets, isOpenAt } from "./flow.js";

export type Form = "block" | "flow" | "json";

export interface MissingSign {
  readonly at: number;
  readonly sign: "," | ":";
}

interface CaretBase {
  readonly form: Form;
  /** What an accepted completion replaces: the half-typed word, the whole scalar, or nothing. */
  readonly replace: Span;
  /** Column (0-based) at which a block key or dash stands here; for values, that of the key they belong to. */
  readonly column: number;
  /** What must be set first: a comma after the previous sibling (flow and JSON), the colon of the key above. */
  readonly missing?: MissingSign;
  /** Something follows in the same flow collection, so a comma must end the insertion. */
  readonly commaAfter?: boolean;
}

/** A key of the map at `at`. */
export interface KeyCaret extends CaretBase {
  readonly slot: "key";
  readonly at: KeyPath;
  /** The map, when there is one already. */
  readonly map?: MapNode;
  /** The ":" is written already, or lost before a value that is there; only the name is replaced. */
  readonly hasColon: boolean;
}

/** The value at `at`. */
export interface ValueCaret extends CaretBase {
  readonly slot: "value";
  readonly at: KeyPath;
  readonly node?: ScalarNode;
  /** "key" after `key:`, "item" after a dash or in a flow list, "root" for the document itself. */
  readonly after: "key" | "item" | "root";
  /** A blank must come first: the caret touches the ":" or the dash. */
  readonly needsBlank: boolean;
}

/** A new item, dash included, of the block list at `at`. */
export interface ItemCaret extends CaretBase {
  readonly slot: "item";
  readonly at: KeyPath;
}

export type Caret = KeyCaret | ValueCaret | ItemCaret;

export function caretsAt(parsed: Parsed, offset: number): readonly Caret[] {
  const [document] = parsed.tree.documents;
  if (parsed.tree.documents.some((one, i) => i > 0 && one.start <= offset && one.end > one.start)) return [];
  if (isInConflict(parsed, offset)) return [];
  const chain = findChain(document?.root, offset);
  if (parsed.syntax === "json")
    return document?.root ? flowCarets(parsed.text, offset, chain, "json") : jsonRoot(parsed.text, offset);
  const { source } = parsed;
  if (isAmongDirectives(source, offset)) return [];
  if (inComment(source, offset, chain)) return [];
  const innermost = chain.findLast(({ node }) => node.kind !== "scalar" && node.kind !== "alias");
  if (innermost && isFlowAround(parsed, innermost.node, offset))
    return isInOpenText(parsed, innermost.node) ? [] : flowCarets(parsed.text, offset, chain, "flow");
  if (isInBracketsAtMargin(parsed, offset)) return [];
  return blockCarets(source, offset, document?.root, chain);
}

/** Hosts that read so take lines at the margin for what stands in the brackets of a line above; the tree of a broken text doesn't. */
function isInBracketsAtMargin({ source }: Parsed, offset: number): boolean {
  const lineStart = lineStartIn(source, offset);
  if (/[ \t]/.test(source.slice(lineStart, lineStart + 1))) return false;
  const before = source.slice(0, lineStart);
  const opening = [...before.matchAll(/^[^\s#].*[[{][ \t]*\r?$/gm)].at(-1);
  return opening !== undefined && openBrackets(before.slice(opening.index)) !== "";
}

function jsonRoot(text: string, offset: number): readonly Caret[] {
  if (text.trim() !== "") return [];
  return [
    { slot: "value", form: "json", at: [], after: "root", replace: [offset, offset], column: 0, needsBlank: false },
  ];
}

/** On the line of a merge conflict's marker nothing can be written; in JSON no comma around a side can be known. */
function isInConflict({ source, syntax }: Parsed, offset: number): boolean {
  if (source.count("<<<<<<<") === 0) return false;
  const lineStart = lineStartIn(source, offset);
  const marker = /^(<{7}|={7}|>{7}|\|{7})/;
  return syntax === "json" ? /^<{7}/m.test(source.getText()) : marker.test(source.slice(lineStart, lineStart + 7));
}

/** `%YAML 1.1` wants a `---` before anything else. */
function isAmongDirectives(text: Slices, offset: number): boolean {
  return text.slice(0, 1) === "%" && !/^---/m.test(text.slice(0, offset));
}

function isFlowAround(parsed: Parsed, node: Node, offset: number): boolean {
  const isFlow = (node.kind === "map" || node.kind === "list") && node.flow;
  return isFlow && node.start < offset && isOpenAt(parsed.text, node, offset);
}

/** A bracket without an end behind a quote without an end is a letter of that text. */
function isInOpenText({ text, tree }: Parsed, node: Node): boolean {
  if (/[}\]]/.test(text.charAt(node.end - 1))) return false;
  return tree.problems.some(({ message, span }) => message === UNCLOSED && span[1] <= node.start);
}

/** A "#" after a blank begins a comment, unless it stands inside a scalar. A line of "//" was meant for one. */
function inComment(text: Slices, offset: number, chain: readonly Step[]): boolean {
  const lineStart = lineStartIn(text, offset);
  if (/^[ \t]*\/\/ /.test(text.slice(lineStart, lineStart + 200))) return true;
  const scalar = chain.at(-1)?.node;
  for (const match of text.slice(lineStart, offset).matchAll(/(^|[ \t])#/g)) {
    const at = lineStart + match.index + (match[1] ?? "").length;
    const isInside = scalar?.kind === "scalar" && scalar.style !== "plain" && scalar.start <= at && at < scalar.end;
    const isQuotedBefore = isInQuotes(text.slice(lineStart, at));
    if (!isInside && !isQuotedBefore) return true;
  }
  return false;
}

function isInQuotes(before: string): boolean {
  let quote = "";
  for (const [i, letter] of [...before].entries()) {
    if (quote === "" && (letter === '"' || letter === "'") && /^$|[\s:[{,-]/.test(before[i - 1] ?? "")) quote = letter;
    else if (letter === quote) quote = "";
  }
  return quote !== "";
}
