// What can be written inside the text of a JSON patch: the paths of the objects that it is aimed at.
//
//   patches:
//   - target: {kind: Deployment}
//     patch: |-
//       - op: replace
//         path: /spec/re<caret>

import type { MapNode, Span } from "../../text/node.js";
import { lineStartIn, restOfLine, type Slices } from "../../text/slices.js";
import type { Inside, Manifest } from "../system.js";
import { pointersAt } from "./model/pointers.js";
import { fieldOf, mapOf, mapsOf, pairOf } from "./model/reading.js";

export function inside(manifest: Manifest, offset: number): Inside | undefined {
  const { source } = manifest.parsed;
  const lineStart = lineStartIn(source, offset);
  const before = /\b(path|from)["']?:(?: +|(?=["']))["']?(\/[^\s"',}]*)?$/.exec(source.slice(lineStart, offset));
  const patch = before && patchAround(manifest, offset);
  if (!before || !patch) return undefined;
  const written = before[2] ?? "";
  const rest = /^[^\s"',}]*/.exec(restOfLine(source, offset))?.[0] ?? "";
  const span: Span = [offset - written.length, offset + rest.length];
  const makes = before[1] === "path" && /^(add|move|copy)$/.test(operationAround(source, offset));
  return { span, choices: pointersAt(manifest, mapOf(fieldOf(patch, "target")), makes) };
}

/** The patch in whose inline text an offset stands. */
function patchAround({ root, parsed }: Manifest, offset: number): MapNode | undefined {
  return ["patches", "patchesJson6902"]
    .flatMap((field) => mapsOf(root, field))
    .find((item) => {
      const node = pairOf(item, "patch")?.value;
      if (node?.kind !== "scalar" || node.style === "plain" || offset <= node.start) return false;
      // An object to merge may have a "path" of its own.
      if (!/^(?:\s|#.*)*[-[]/.test(node.text)) return false;
      // Blanks at the end of its last line are a part of it while someone types there.
      return offset <= node.end || /^[ \t]*$/.test(parsed.source.slice(node.end, offset));
    });
}

/** The word behind `op` in the operation around an offset; "" where it isn't written yet. */
function operationAround(text: Slices, offset: number): string {
  const before = text.slice(Math.max(0, offset - 500), offset);
  const start = Math.max(before.lastIndexOf("- "), before.lastIndexOf("{"), 0);
  const after =
    /^[\s\S]*?(?=\n\s*- |\}|$(?![\s\S]))/.exec(text.slice(offset, Math.min(offset + 500, text.length)))?.[0] ?? "";
  return /\bop["']?:\s*["']?(\w+)/.exec(before.slice(start) + after)?.[1] ?? "";
}
