// Which key keeps a selector from every object: what it says otherwise fits one, so that the slip is likely there.

import type { MapNode, Node, Pair } from "../../../text/node.js";
import { mapOf } from "./reading.js";

/** The only key without which `fits` is true of the selector; undefined where there is none, or more than one. */
export function culpritOf(selector: Node | undefined, fits: (selector: MapNode) => boolean): Pair | undefined {
  const map = mapOf(selector);
  if (!map) return undefined;
  const { start, end, flow, pairs } = map;
  const found = pairs.filter((pair) =>
    fits({ kind: "map", start, end, flow, pairs: pairs.filter((one) => one !== pair) }),
  );
  return found.length === 1 ? found[0] : undefined;
}
