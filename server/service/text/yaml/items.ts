// Reads items of a list, some lines of a YAML text: plain ones by the reader of such lines, all others by the `yaml` package.
// Where that may give another tree than the whole text has, nothing comes.

import type { ParsedNode, YAMLSeq } from "yaml";
import { isSeq } from "yaml";
import { isTooDeep } from "../depth.js";
import type { Node } from "../node.js";
import { lastAt, type PlacedProblem } from "../parts.js";
import { Origin } from "../placed.js";
import type { Lines } from "./lines.js";
import { converter } from "./nodes.js";
import { readPlainItem } from "./plain.js";
import { readSource } from "./source.js";

/** One item: the lines from its dash up to the next; `origin` is the beginning of the first of them. */
export interface Item {
  readonly origin: Origin;
  readonly node: Node | undefined;
}

export interface ReadItems {
  readonly items: readonly Item[];
  readonly problems: readonly PlacedProblem[];
}

/** What may be an anchor, an alias or a tag: they tie places together, and stand where they like in broken text. */
export const TIES = /(?:^|[\s,:[{?-])[&*!]/m;

/** Mistakes that end with their item, as half-typed lines make them; after others the parser's way depends on the rest. */
const CONTAINED = /^Implicit (map )?keys need to be/;

/** So many items that aren't plain are read at once: one by one each would pay for a document of its own, all together for its size. */
const CHUNK = 64;

/** The items of a list, or of some lines of one; `isAll` is whether the text ends where the file does. */
export function readItems(text: string, lines: Lines, depth: number, isAll: boolean): ReadItems | undefined {
  const { items: starts, end, indent } = lines;
  if (isTooDeep(text.slice(lines.start, end))) return undefined;
  const items: Item[] = [];
  const problems: PlacedProblem[] = [];
  let others: number[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1] ?? end;
    const plain = readPlainItem(text, start, next, indent);
    if (!plain) others.push(start);
    // What isn't plain is read together with its neighbours of that kind, before the next item that is.
    const until = plain ? start : next;
    if (others.length > 0 && (plain || next === end || others.length === CHUNK)) {
      const chunk = { start: others[0] ?? until, items: others, end: until, indent };
      const read = readChunk(text, chunk, depth, isAll && until === text.length);
      if (!read) return undefined;
      items.push(...read.items);
      problems.push(...read.problems);
      others = [];
    }
    if (!plain) continue;
    items.push(plain);
    problems.push(...plain.problems);
  }
  return { items, problems };
}

function readChunk(
  text: string,
  { start, items: starts, end, indent }: Lines,
  depth: number,
  isLast: boolean,
): ReadItems | undefined {
  const own = text.slice(start, end);
  if (TIES.test(own)) return undefined;
  // What follows ends the last item, as it does in the file.
  if (!isLast && !own.endsWith("\n")) return undefined;
  const source = readSource(isLast ? own : `${own}${" ".repeat(indent)}-\n`);
  const [document, more] = source.documents;
  const root = document?.contents as ParsedNode | null | undefined;
  if (!root || more || !isSeq(root) || root.flow || root.range[0] !== indent) return undefined;
  const nodes = root.items as YAMLSeq.Parsed["items"];
  if (nodes.length !== starts.length + (isLast ? 0 : 1) || root.anchor || root.tag) return undefined;
  const convert = converter(source.text);
  const items = starts.map((at, index): Item => {
    const origin = new Origin(at);
    const node = nodes[index];
    return { origin, node: node && convert.node(node as ParsedNode, depth, { origin, zero: at - start }) };
  });
  const found = [...source.problems, ...convert.problems];
  const isOwn = source.errors.every(({ message, pos }) => CONTAINED.test(message) && (isLast || pos[1] < own.length));
  const isWithin = found.every(({ span }) => isLast || span[1] < own.length);
  // Where a flow collection without an end stops is a matter of what follows.
  if (convert.hasTies || !isOwn || !isWithin || (found.length > 0 && /[[\]{}]/.test(own))) return undefined;
  const problems = found.map(({ span, message }): PlacedProblem => {
    const item =
      items[
        Math.max(
          0,
          lastAt(starts.length, (at) => (starts[at] ?? 0) - start, span[0]),
        )
      ];
    const origin = item?.origin ?? new Origin(start);
    const shift = start - origin.at;
    return { origin, from: span[0] + shift, to: span[1] + shift, message };
  });
  return { items, problems };
}
