// What kind of patch a text is: objects to merge, a list of operations, or nothing that kustomize takes. Mirrors the
// order in which kustomize 5.5 tries them.

import { asGoReads } from "../../../text/go/document.js";
import { isJson } from "../../../text/json/isJson.js";
import { type MapNode, type Span, spanOf } from "../../../text/node.js";
import { type Parsed, parseText } from "../../../text/parsed.js";
import { exact, isEmpty, type KubeObject, type LateFlaw, objectsOf, plain } from "./objects.js";
import { isNull, itemsIn, mapOf } from "./reading.js";

export type PatchReading =
  | {
      readonly is: "merge";
      readonly parsed: Parsed;
      readonly objects: readonly KubeObject[];
      /** What the output stumbles over, and keys that stand twice, of which merging keeps the last. */
      readonly late: readonly LateFlaw[];
    }
  | {
      readonly is: "operations";
      readonly parsed: Parsed;
      readonly list: readonly (MapNode | undefined)[];
      readonly more: boolean;
    }
  | { readonly is: "empty" }
  | { readonly is: "both" }
  /** `span`: the place in the text that tells so. */
  | { readonly is: "neither"; readonly why: string; readonly span?: Span };

export function readPatch(text: string): PatchReading {
  return patchIn(asGoReads(parseText("patch:patch.yaml", text)));
}

export function patchIn(parsed: Parsed): PatchReading {
  const { text } = parsed;
  if (text === "" || text === "\uFEFF") return { is: "empty" };
  const first = parsed.tree.documents[0]?.root;
  const roots = parsed.tree.documents.map(({ root }) => root).filter((root) => root && !isNull(root));
  if (roots.length === 0) return { is: "both" };
  const list = itemsIn(first);
  if (list) return operations(parsed, list);
  const { objects, flaws, late } = objectsOf(parsed);
  const empty = roots.find((root) => root && isEmpty(root));
  if (empty) return { is: "neither", why: "a document is an empty map", span: spanOf(empty) };
  const [wrong] = flaws;
  if (wrong) return { is: "neither", why: wrong.why, span: wrong.span };
  return { is: "merge", parsed, objects, late };
}

function operations(parsed: Parsed, list: NonNullable<ReturnType<typeof itemsIn>>): PatchReading {
  const { text, tree } = parsed;
  if (list.length === 0) return { is: "both" };
  const first = tree.documents[0];
  const broken = tree.problems.find(({ span }) => span[0] <= (first?.end ?? text.length));
  if (broken) return { is: "neither", why: broken.message, span: broken.span };
  if (text.startsWith("[") && !isJson(text))
    return { is: "neither", why: 'a patch that begins with "[" is read as strict JSON, and this is none' };
  const maps = list.map((item) => mapOf(item));
  if (list.some((item, at) => !maps[at] && !isNull(item)))
    return { is: "neither", why: "an item of the list is no operation (a map with op and path)" };
  return {
    is: "operations",
    parsed,
    list: maps,
    more: tree.documents.slice(1).some(({ root }) => root && !isNull(root)),
  };
}

/** Whether a merge patch removes its object. */
export const deletes = (object: KubeObject): boolean => plain(object.node, "$patch") === "delete";

/** Whether operations touch what identifies an object; afterwards its names can't be known. */
export function touchesIdentity(list: readonly (MapNode | undefined)[]): boolean {
  return list.some((operation) => {
    const op = plain(operation, "op");
    if (op === "test") return false;
    const places = [
      exact(operation, "path") && plain(operation, "path"),
      op === "copy" ? undefined : exact(operation, "from") && plain(operation, "from"),
    ];
    return places.some((path) => path !== undefined && IDENTITY.test(path));
  });
}

const IDENTITY = /^\/?(metadata|metadata\/(name|namespace)|kind|apiVersion)?$/;
