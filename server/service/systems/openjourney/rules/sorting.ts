// The order of the output: a word of two, and lists of kinds that fit one of them alone.

import { type Node, spanOf } from "../../../text/node.js";
import { changeToAny } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import type { Manifest, Misfit, Rule } from "../../system.js";
import { isNull, mapOf, pairOf } from "../model/reading.js";

const ORDERS = ["fifo", "legacy"];

export const sortingRules: readonly Rule[] = [
  {
    code: "openjourney/sort-order",
    severity: "error",
    title: "sortOptions without a known order",
    host: "kustomize needs order: legacy or fifo; legacySortOptions fits legacy only.",
    wrong: "sortOptions: {}",
    right: "sortOptions:\n  order: fifo",
    fix: "write order: legacy or order: fifo",
    refine: refineOrder,
  },
];

function refineOrder(manifest: Manifest, { keyword, place, problem }: Misfit): Problem {
  const { node } = place;
  const lists = pairOf(node, "legacySortOptions");
  const order = pairOf(node, "order")?.value;
  if (keyword === "not" && lists?.key && order)
    return {
      ...problem,
      span: spanOf(lists.key),
      fixes: [{ title: "Change to order: legacy", edits: [{ span: spanOf(order), newText: "legacy" }] }],
    };
  if (keyword === "enum" && node)
    return {
      ...problem,
      fixes: changeToAny(manifest, node, ORDERS),
    };
  const words = lists ? ["legacy"] : ORDERS;
  return keyword === "required" ? { ...problem, fixes: words.flatMap((word) => added(manifest, node, word)) } : problem;
}

/** `order` as the first field of the map. */
function added({ parsed }: Manifest, node: Node | undefined, word: string): Fix[] {
  const map = mapOf(node);
  if (!map || node?.kind !== "map" || parsed.syntax === "json") return [];
  const title = `Add order: ${word}`;
  const [first] = map.pairs;
  if (map.flow) {
    const at = map.start + 1;
    return [{ title, edits: [{ span: [at, at], newText: first ? `order: ${word}, ` : `order: ${word}` }] }];
  }
  if (!first || map.pairs.some(({ key }) => isNull(key))) return [];
  const column = " ".repeat(parsed.document.positionAt(first.start).character);
  return [{ title, edits: [{ span: [first.start, first.start], newText: `order: ${word}${parsed.eol}${column}` }] }];
}
