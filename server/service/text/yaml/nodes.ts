// The nodes of the `yaml` package as nodes of the common tree. Scalars stay unresolved: what a plain `yes` means depends on
// the host (see readings.ts).

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { MAX_DEPTH, TOO_DEEP } from "../depth.js";
import type { Node, Pair, ScalarNode, ScalarStyle, SyntaxProblem } from "../node.js";
import { type Base, marked, Origin, PlacedAlias, PlacedList, PlacedMap, PlacedPair, PlacedScalar } from "../placed.js";

export interface Converter {
  node(node: ParsedNode, depth: number, base: Base): Node | undefined;
  /** One pair, and before it the keys without a value that run into its own. */
  pairs(item: YAMLMap.Parsed["items"][number], flow: boolean, depth: number, base: Base): Pair[];
  /** Whether an anchor, an alias or a tag was met: what ties places of a document together, or needs its head. */
  readonly hasTies: boolean;
  readonly problems: readonly SyntaxProblem[];
}

type Item = YAMLSeq.Parsed["items"][number] | unknown;

/** Converts nodes of one document; `text` is what was read, with a letter in the place of each of the `dashes`. */
export function converter(text: string, dashes?: ReadonlySet<number>): Converter {
  const anchors = new Map<string, Node>();
  const problems: SyntaxProblem[] = [];
  let hasTies = false;
  return {
    node: convert,
    pairs: readPairs,
    get hasTies() {
      return hasTies;
    },
    problems,
  };

  function convert(node: ParsedNode, depth: number, base: Base): Node | undefined {
    const [start, end] = node.range;
    if (depth > MAX_DEPTH) {
      problems.push({ span: [start, end], message: TOO_DEEP });
      return undefined;
    }
    if (isAlias(node)) return readAlias(node, base);
    const built = isScalar(node)
      ? readScalar(node, start, end, base)
      : isMap(node)
        ? readMap(node as YAMLMap.Parsed, start, end, depth, base)
        : readList(node as YAMLSeq.Parsed, start, end, depth, base);
    if (node.tag || node.anchor) hasTies = true;
    if (built.anchor !== undefined) anchors.set(built.anchor, built);
    return built;
  }

  function readAlias({ range, source }: Alias.Parsed, { origin, zero }: Base): Node {
    hasTies = true;
    return new PlacedAlias(origin, range[0] - zero, range[1] - zero, source, anchors.get(source));
  }

  function readScalar(node: Scalar, start: number, end: number, { origin, zero }: Base): ScalarNode {
    const written = typeof node.value === "string" ? node.value : (node.source ?? "");
    const content = dashes?.has(start) ? "-" : written;
    return marked(new PlacedScalar(origin, start - zero, end - zero, content, styleOf(node)), properties(node));
  }

  function readMap(node: YAMLMap.Parsed, start: number, end: number, depth: number, base: Base): Node {
    const flow = node.flow === true;
    const pairs = node.items.flatMap((item) => (isPair(item) ? readPairs(item, flow, depth, base) : []));
    const last = flow ? end : (pairs.at(-1)?.end ?? at(end, base));
    const { origin, zero } = base;
    const to = flow ? end - zero : last - origin.at;
    return marked(new PlacedMap(origin, start - zero, to, flow, pairs), properties(node));
  }

  function readPairs(item: YAMLMap.Parsed["items"][number], flow: boolean, depth: number, base: Base): Pair[] {
    const pairs: Pair[] = [];
    const written = item.key ? convert(item.key, depth + 1, base) : undefined;
    const keys = written && !flow ? keysOf(written, base) : [];
    for (const one of keys.slice(0, -1)) pairs.push(placed(one, one, one, undefined, base));
    const key = keys.at(-1) ?? written;
    const value = item.value ? convert(item.value, depth + 1, base) : undefined;
    const first = key ?? value;
    const last = value ?? key;
    if (first && last) pairs.push(placed(first, last, key, value, base));
    return pairs;
  }

  function readList(node: YAMLSeq.Parsed, start: number, end: number, depth: number, base: Base): Node {
    const { origin, zero } = base;
    const flow = node.flow === true;
    const items = node.items.map((item) => readItem(item, depth + 1, base));
    const from = start - zero;
    const last = items.at(-1);
    const to = flow ? end - zero : Math.max(from + 1, last ? last.end - origin.at : from + 1);
    return marked(new PlacedList(origin, from, to, flow, items), properties(node));
  }

  /** `[a: 1]` holds a pair without a map around it; it stands for a map of one pair. */
  function readItem(item: Item, depth: number, base: Base): Node | undefined {
    if (!isPair(item)) return convert(item as ParsedNode, depth, base);
    const key = item.key ? convert(item.key as ParsedNode, depth, base) : undefined;
    const value = item.value ? convert(item.value as ParsedNode, depth, base) : undefined;
    const first = key ?? value;
    const last = value ?? key;
    if (!first || !last) return undefined;
    const { origin } = base;
    const pair = placed(first, last, key, value, base);
    return new PlacedMap(origin, first.start - origin.at, last.end - origin.at, true, [pair]);
  }

  /**
   * A word without ":" runs into the key of the next line. While someone types it, it is a key of its own:
   *
   *     name: notes
   *     vers            <- a key without value, and
   *     base: /notes    <- a key that stays what it was
   */
  function keysOf(key: Node, { origin, zero }: Base): Node[] {
    if (key.kind !== "scalar" || key.style !== "plain") return [key];
    const from = key.start - origin.at;
    const source = text.slice(from + zero, key.end - origin.at + zero);
    if (!source.includes("\n")) return [key];
    return [...source.matchAll(/[^\s#](?:[^\r\n]*[^\s])?/g)].map((line) => {
      const start = from + line.index;
      return new PlacedScalar(origin, start, start + line[0].length, line[0], "plain");
    });
  }
}

const at = (offset: number, { origin, zero }: Base): number => offset - zero + origin.at;

function placed(first: Node, last: Node, key: Node | undefined, value: Node | undefined, { origin }: Base): Pair {
  return new PlacedPair(origin, first.start - origin.at, last.end - origin.at, key, value);
}

function properties(node: { tag?: string | undefined; anchor?: string | undefined }): {
  tag: string | undefined;
  anchor: string | undefined;
} {
  return { tag: node.tag || undefined, anchor: node.anchor || undefined };
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

/** The root of a document whose parts aren't told apart. */
export function rootOf(document: Document.Parsed, { node }: Converter): Node | undefined {
  return document.contents ? node(document.contents, 0, { origin: new Origin(0), zero: 0 }) : undefined;
}
