// What can be written inside the text of a JSON patch: the paths of the objects that it is aimed at.
//
//   patches:
//   - target: {kind: Deployment}
//     patch: |-
//       - op: replace
//         path: /spec/re<caret>

import type { Choice } from "../../kinds/kind.js";
import type { MapNode, Span } from "../../text/node.js";
import type { Value } from "../../text/reading.js";
import type { Inside, Manifest } from "../system.js";
import { selected } from "./model/around.js";
import { showId } from "./model/identity.js";
import { contentOf } from "./model/original.js";
import { fieldOf, mapOf, mapsOf, pairOf } from "./model/reading.js";

export function inside(manifest: Manifest, offset: number): Inside | undefined {
  const { text } = manifest.parsed;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const before = /\b(path|from)["']?:(?: +|(?=["']))["']?(\/[^\s"',}]*)?$/.exec(text.slice(lineStart, offset));
  const patch = before && patchAround(manifest, offset);
  if (!before || !patch) return undefined;
  const written = before[2] ?? "";
  const rest = /^[^\s"',}]*/.exec(text.slice(offset))?.[0] ?? "";
  const span: Span = [offset - written.length, offset + rest.length];
  const makes = before[1] === "path" && /^(add|move|copy)$/.test(operationAround(text, offset));
  return { span, choices: pathsOf(manifest, patch, makes) };
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
      return offset <= node.end || /^[ \t]*$/.test(parsed.text.slice(node.end, offset));
    });
}

/** The word behind `op` in the operation around an offset; "" where it isn't written yet. */
function operationAround(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - 500), offset);
  const start = Math.max(before.lastIndexOf("- "), before.lastIndexOf("{"), 0);
  const after = /^[\s\S]*?(?=\n\s*- |\}|$(?![\s\S]))/.exec(text.slice(offset, offset + 500))?.[0] ?? "";
  return /\bop["']?:\s*["']?(\w+)/.exec(before.slice(start) + after)?.[1] ?? "";
}

const MOST = 400;

function pathsOf(manifest: Manifest, patch: MapNode, makes: boolean): readonly Choice[] {
  const target = mapOf(fieldOf(patch, "target"));
  if (!target) return [];
  const found = new Map<string, Choice>();
  for (const object of selected(manifest, target, "expressions").slice(0, 20)) {
    const content = contentOf(object, manifest.workspace.files);
    const id = object.ids.at(-1);
    if (content === undefined || !id) continue;
    for (const { path, shown } of pointersIn(content, makes, "", 0)) {
      if (found.size >= MOST) break;
      if (!found.has(path)) found.set(path, { value: path, kind: "reference", detail: shown ?? `in ${showId(id)}` });
    }
  }
  const isIdentity = ({ value }: Choice) => value === "/apiVersion" || value === "/kind";
  return [...found.values()].sort((a, b) => Number(isIdentity(a)) - Number(isIdentity(b)));
}

interface Pointer {
  readonly path: string;
  readonly shown: string | undefined;
}

/** Every place below a value; where something is made also the end of each list. */
function* pointersIn(value: Value, makes: boolean, path: string, depth: number): Generator<Pointer> {
  if (typeof value !== "object" || value === null || depth > 20) return;
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, child] of children) {
    const name = String(key).replace(/~/g, "~0").replace(/\//g, "~1");
    // Such a key would have to stand in quotes.
    if (/[\s"',{}#:]/.test(name)) continue;
    const own = `${path}/${name}`;
    const isPlain = typeof child !== "object" || child === null;
    yield { path: own, shown: isPlain ? short(child) : undefined };
    yield* pointersIn(child, makes, own, depth + 1);
  }
  if (makes && Array.isArray(value)) yield { path: `${path}/-`, shown: "behind the last item" };
}

function short(value: Value): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
