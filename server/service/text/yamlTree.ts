// Reads YAML text into the common tree with the `yaml` package. Every syntax problem of every document is kept;
// broken text still gives the tree of what could be understood. Scalars stay unresolved (failsafe schema).

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  type ParsedNode,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { isTooDeep, MAX_DEPTH, TOO_DEEP } from "./depth.js";
import type { DocumentNode, Node, Pair, ScalarStyle, SyntaxProblem, Tree } from "./node.js";
import { syntaxProblems } from "./yamlProblems.js";

export function readYaml(text: string): Tree {
  return readRepaired(text, 0);
}

/** So many unclosed quotes are worked around, each with another reading of the text. */
const MOST_REPAIRS = 8;

function readRepaired(text: string, repairs: number): Tree {
  const problems: SyntaxProblem[] = [];
  const documents: DocumentNode[] = [];
  if (isTooDeep(text)) return { documents, problems: [{ span: [0, 1], message: TOO_DEEP }] };
  try {
    const parsed = parseAllDocuments(text, {
      schema: "failsafe",
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
      stringKeys: false,
    });
    const quote = repairs < MOST_REPAIRS ? unclosedQuote(parsed, text) : undefined;
    if (quote !== undefined) {
      const rest = readRepaired(`${text.slice(0, quote)} ${text.slice(quote + 1)}`, repairs + 1);
      const end = quote + (/^[^\r\n]*/.exec(text.slice(quote))?.[0] ?? "").length;
      return { ...rest, problems: [{ span: [quote, end], message: UNCLOSED }, ...rest.problems] };
    }
    for (const document of parsed) {
      problems.push(...syntaxProblems(document.errors, text));
      documents.push(readDocument(document, text, problems));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { documents: [], problems: [{ span: [0, Math.min(1, text.length)], message: TOO_DEEP }] };
  }
  return { documents, problems };
}

const UNCLOSED = "this text has no closing quote; add it at the end";

/** A quote without an end swallows the rest of the file; read without that quote, only its own line is lost. */
function unclosedQuote(documents: readonly Document.Parsed[], text: string): number | undefined {
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
    if (start !== undefined && text.slice(start).includes("\n")) return start;
  }
  return undefined;
}

function readDocument(document: Document.Parsed, text: string, problems: SyntaxProblem[]): DocumentNode {
  const anchors = new Map<string, Node>();
  const [start, end] = document.range;
  const root = document.contents ? convert(document.contents, 0) : undefined;
  return { start, end, root };

  function convert(node: ParsedNode, depth: number): Node | undefined {
    const [nodeStart, nodeEnd] = node.range;
    if (depth > MAX_DEPTH) {
      problems.push({ span: [nodeStart, nodeEnd], message: TOO_DEEP });
      return undefined;
    }
    if (isAlias(node)) return readAlias(node, nodeStart, nodeEnd);
    const built = isScalar(node)
      ? readScalar(node, nodeStart, nodeEnd)
      : isMap(node)
        ? readMap(node as YAMLMap.Parsed, nodeStart, nodeEnd, depth)
        : readList(node as YAMLSeq.Parsed, nodeStart, nodeEnd, depth);
    if (built.anchor !== undefined) anchors.set(built.anchor, built);
    return built;
  }

  function readAlias(node: Alias, nodeStart: number, nodeEnd: number): Node {
    const target = anchors.get(node.source);
    return { kind: "alias", start: nodeStart, end: nodeEnd, name: node.source, ...(target && { target }) };
  }

  function readScalar(node: Scalar, nodeStart: number, nodeEnd: number): Node {
    const content = typeof node.value === "string" ? node.value : (node.source ?? "");
    return { kind: "scalar", start: nodeStart, end: nodeEnd, text: content, style: styleOf(node), ...properties(node) };
  }

  function readMap(node: YAMLMap.Parsed, nodeStart: number, nodeEnd: number, depth: number): Node {
    const pairs: Pair[] = [];
    for (const item of node.items) {
      if (!isPair(item)) continue;
      const written = item.key ? convert(item.key, depth + 1) : undefined;
      const keys = written && !node.flow ? keysOf(written, text) : [];
      for (const one of keys.slice(0, -1)) pairs.push({ start: one.start, end: one.end, key: one, value: undefined });
      const key = keys.at(-1) ?? written;
      const value = item.value ? convert(item.value, depth + 1) : undefined;
      const first = key ?? value;
      const last = value ?? key;
      if (first && last) pairs.push({ start: first.start, end: last.end, key, value });
    }
    const last = pairs.at(-1);
    const end = node.flow ? nodeEnd : (last?.end ?? nodeEnd);
    return { kind: "map", flow: node.flow === true, start: nodeStart, end, pairs, ...properties(node) };
  }

  function readList(node: YAMLSeq.Parsed, nodeStart: number, nodeEnd: number, depth: number): Node {
    const items = node.items.map((item) => readItem(item, depth + 1));
    const last = items.at(-1);
    const end = node.flow ? nodeEnd : Math.max(nodeStart + 1, last?.end ?? nodeStart + 1);
    return { kind: "list", flow: node.flow === true, start: nodeStart, end, items, ...properties(node) };
  }

  /** `[a: 1]` holds a pair without a map around it; it stands for a map of one pair. */
  function readItem(item: YAMLSeq.Parsed["items"][number] | unknown, depth: number): Node | undefined {
    if (!isPair(item)) return convert(item as ParsedNode, depth);
    const key = item.key ? convert(item.key as ParsedNode, depth) : undefined;
    const value = item.value ? convert(item.value as ParsedNode, depth) : undefined;
    const first = key ?? value;
    const last = value ?? key;
    if (!first || !last) return undefined;
    const pair = { start: first.start, end: last.end, key, value };
    return { kind: "map", flow: true, start: pair.start, end: pair.end, pairs: [pair] };
  }
}

/**
 * A word without ":" runs into the key of the next line. While someone types it, it is a key of its own:
 *
 *     name: notes
 *     vers            <- a key without value, and
 *     base: /notes    <- a key that stays what it was
 */
function keysOf(key: Node, text: string): Node[] {
  if (key.kind !== "scalar" || key.style !== "plain" || !text.slice(key.start, key.end).includes("\n")) return [key];
  const { tag: _tag, anchor: _anchor, ...bare } = key;
  return [...text.slice(key.start, key.end).matchAll(/[^\s#](?:[^\r\n]*[^\s])?/g)].map((line) => {
    const start = key.start + line.index;
    return { ...bare, start, end: start + line[0].length, text: line[0] };
  });
}

function properties(node: { tag?: string | undefined; anchor?: string | undefined }): {
  tag?: string;
  anchor?: string;
} {
  return { ...(node.tag && { tag: node.tag }), ...(node.anchor && { anchor: node.anchor }) };
}

function styleOf(node: Scalar): ScalarStyle {
  switch (node.type) {
    case "QUOTE_SINGLE":
      return "single";
    case "QUOTE_DOUBLE":
      return "double";
    case "BLOCK_FOLDED":
    case "BLOCK_LITERAL":
      return "block";
    default:
      return "plain";
  }
}
