// Fixes of a patch's text: the name or apiVersion of an object that is there, the head that a merge patch needs, the "-" of
// an operation alone. The text stands in the kustomization or in a file of its own.

import { type Node, spanOf } from "../../../text/node.js";
import { parseText } from "../../../text/parsed.js";
import type { Fix, TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { apiVersionOf } from "../model/around.js";
import { buildOf } from "../model/build.js";
import type { Built } from "../model/built.js";
import { namespaceOf } from "../model/identity.js";
import { exact, type KubeObject } from "../model/objects.js";
import { type PatchEntry, spanIn } from "../model/patchEntry.js";
import { mapOf } from "../model/reading.js";
import { namesFor } from "./aims.js";
import { written } from "./entries.js";
import { lineEnd } from "./lines.js";

/** Makes a merge patch fit an object of its kind: by the apiVersion where the name is right, else by its name. */
export function retarget(manifest: Manifest, entry: PatchEntry, { id, node }: KubeObject): Fix[] {
  const ids = buildOf(manifest).gathered.flatMap(({ ids }) => ids.slice(-1));
  const same = ids.filter(({ kind }) => kind === id.kind);
  const twin = same.find(({ name }) => name === id.name);
  const spelling = twin
    ? [apiVersionOf(twin)]
    : namesFor(
        id.name,
        // Another name alone doesn't find what stands in another namespace.
        same.flatMap((one) => (namespaceOf(one) === namespaceOf(id) ? [one.name] : [])),
      );
  const place = twin ? exact(node, "apiVersion") : exact(exact(node, "metadata"), "name");
  if (twin && apiVersionOf(twin) === apiVersionOf(id)) return [];
  return spelling.flatMap((text) => changeInPatch(manifest, entry, place, text));
}

/** "Change to "text"" for a node of the patch's own text, which stands here or in a file; none where it isn't plain. */
export function changeInPatch({ parsed }: Manifest, entry: PatchEntry, node: Node | undefined, text: string): Fix[] {
  if (node?.kind !== "scalar" || node.style !== "plain") return [];
  const fix = (edit: TextChange): Fix[] => [{ title: `Change to "${text}"`, edits: [edit] }];
  const newText = written(text);
  if (entry.source.is === "file") return fix({ path: entry.source.path, span: spanOf(node), newText });
  const span = spanIn(entry, spanOf(node));
  return parsed.text.slice(...span) === node.text ? fix({ span, newText }) : [];
}

/** A literal text that lacks what says whose it is, and what its target selects; or one operation outside of a list. */
export function completed(manifest: Manifest, entry: PatchEntry): Fix[] {
  const { source } = entry;
  const { text, eol } = manifest.parsed;
  if (source.is !== "inline" || source.scalar.style !== "block" || text[source.scalar.start] !== "|") return [];
  const root = mapOf(parseText("patch:patch.yaml", source.text).tree.documents[0]?.root);
  const start = lineEnd(text, source.scalar.start);
  const body = text.slice(start, source.scalar.end);
  const indent = /^[ ]*(?=[^\s])/m.exec(body)?.[0] ?? "";
  if (!root || indent === "") return [];
  if (exact(root, "op")) {
    const shifted = body.replace(/^(?=.*\S)/gm, "  ").replace(`${indent}  `, `${indent}- `);
    return [{ title: 'Make it a list with "-"', edits: [{ span: [start, source.scalar.end], newText: shifted }] }];
  }
  if (["apiVersion", "kind", "metadata"].some((name) => exact(root, name))) return [];
  const object: Built | undefined = buildOf(manifest).patches.find((one) => one.entry === entry)?.hits[0];
  const id = object?.ids.at(-1);
  if (!id) return [];
  const head = [`apiVersion: ${apiVersionOf(id)}`, `kind: ${id.kind}`, "metadata:", `  name: ${written(id.name)}`];
  const newText = head.map((line) => `${indent}${line}${eol}`).join("");
  return [{ title: `Add the head of ${id.kind} "${id.name}"`, edits: [{ span: [start, start], newText }] }];
}
