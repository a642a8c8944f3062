// A mapping of YAML as the JSON text that is meant by it, each letter with the place of the key or value that it stands for.

import { deref, keyText, type MapNode, type Node } from "../text/node.js";
import { scalarValue } from "../text/readings.js";
import { collectLetters, type Letters } from "./letters.js";

export function jsonLetters(map: MapNode): Letters {
  const letters = collectLetters(map.start);
  const open: Node[] = [];
  put(map);
  return letters.done();

  function put(written: Node | undefined): void {
    const node = written && deref(written);
    if (!written || !node || open.includes(node)) letters.put("null", map.start, map.start);
    else if (node.kind === "scalar")
      letters.put(JSON.stringify(scalarValue(node, "yaml-1.2")), written.start, written.end);
    else {
      open.push(node);
      const [begin, end] = node.kind === "map" ? ["{", "}"] : ["[", "]"];
      letters.put(begin, written.start, written.start + 1);
      const members =
        node.kind === "map"
          ? node.pairs.map((pair) => [pair, pair.value] as const)
          : node.items.map((item) => [undefined, item] as const);
      for (const [i, [pair, value]] of members.entries()) {
        const at = value?.start ?? pair?.end ?? written.start;
        if (i > 0) letters.put(", ", at, at);
        if (pair) letters.put(JSON.stringify(keyText(pair) ?? ""), pair.key?.start ?? at, pair.key?.end ?? at);
        if (pair) letters.put(": ", at, at);
        put(value);
      }
      letters.put(end, written.end - 1, written.end);
      open.pop();
    }
  }
}
