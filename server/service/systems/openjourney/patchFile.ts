// Patches in files of their own: what can be written there, from the objects that the kustomization aims the file at.
//
//   patches:
//   - path: replicas.yaml        # spec: {re<caret>}  or  - {op: replace, path: /spec/re<caret>}
//     target: {kind: Deployment}

import type { Choice, Kind } from "../../kinds/kind.js";
import type { JsonSchema } from "../../schema/jsonSchema.js";
import type { KeyPath, MapNode } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import type { Workspace } from "../facts.js";
import { asScalar } from "../read.js";
import type { DocumentKind, Manifest } from "../system.js";
import { listOfLines } from "./kinds/show.js";
import { apiVersionOf, mapAround, selected } from "./model/around.js";
import { buildOf } from "./model/build.js";
import type { Built } from "./model/built.js";
import { merged, schemaOfContent } from "./model/contentSchema.js";
import { type Id, showId } from "./model/identity.js";
import { exact, plain } from "./model/objects.js";
import { contentOf } from "./model/original.js";
import { type PatchUse, patchUsesOf } from "./model/patchUses.js";
import { pointersAt, shortened, valueAt } from "./model/pointers.js";
import { itemsIn, READING } from "./model/reading.js";
import { directUsers } from "./model/users.js";

/** A patch, or a file of objects or replacements, that no other document of ours is. */
export function usedFile(parsed: Parsed, workspace: Workspace): DocumentKind | undefined {
  const patch = patchFile(parsed, workspace);
  if (patch || parsed.path === undefined || !/\.(ya?ml|json)$/i.test(parsed.path)) return patch;
  if (directUsers(parsed.path, workspace).length === 0) return undefined;
  return kindOf("file", "file of a kustomization", "a kustomization names it", {});
}

function patchFile(parsed: Parsed, workspace: Workspace): DocumentKind | undefined {
  const uses = patchUsesOf(parsed, workspace);
  if (uses.length === 0) return undefined;
  return kindOf("patch", "patch of a kustomization", "a kustomization names it as a patch", schemaOf(parsed, uses));
}

const kindOf = (id: string, title: string, reason: string, schema: JsonSchema): DocumentKind => ({
  id,
  title,
  reading: { ...READING, anyCase: false },
  globs: [],
  fits: () => false,
  recognise: () => ({ ours: true, reason }),
  schema: () => schema,
});

/** What patches among a plugin's own manifests may say. */
export function patchSchemaAt(manifest: Manifest, at: KeyPath): JsonSchema | undefined {
  if (manifest.kind.id !== "object" || at.length > 0) return undefined;
  const uses = patchUsesOf(manifest.parsed, manifest.workspace);
  return uses.length === 0 ? undefined : mergeSchema(manifest.parsed, uses);
}

function schemaOf(parsed: Parsed, uses: readonly PatchUse[]): JsonSchema {
  const root = parsed.tree.documents[0]?.root;
  const isList = itemsIn(root) !== undefined || asScalar(root)?.text.trim() === "-";
  if (isList) return OPERATIONS;
  const mayBeList = uses.some(({ entry }) => entry.target && entry.field !== "patchesStrategicMerge");
  const merge = mergeSchema(parsed, uses);
  return root === undefined && mayBeList ? { anyOf: [merge, OPERATIONS] } : merge;
}

const OPERATIONS: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    required: ["op", "path"],
    properties: {
      op: {
        type: "string",
        description: "What is done at the path.",
        enum: ["add", "replace", "remove", "move", "copy", "test"],
        enumDescriptions: [
          "Adds a field, or an item before the one at the path.",
          "Writes another value over the one at the path.",
          "Takes the value at the path away.",
          'Moves what stands at "from" to the path.',
          'Copies what stands at "from" to the path.',
          "Fails the build unless the value at the path is this one.",
        ],
      },
      path: { type: "string", description: "The place, from the root of the object.", format: "jsonPointer" },
      from: { type: "string", description: "Where move and copy take the value from.", format: "jsonPointer" },
      value: { description: "The value to add, to write, or to test for." },
    },
  },
};

function mergeSchema(parsed: Parsed, uses: readonly PatchUse[]): JsonSchema {
  const schemas = uses.flatMap(({ manifest, entry }) => {
    const objects = entry.target ? selected(manifest, entry.target, "expressions") : meantBy(parsed, manifest);
    return objects.slice(0, MOST).flatMap((object) => {
      const id = object.ids.at(-1);
      const content = contentOf(object, manifest.workspace.files);
      return id ? [schemaOfContent(content ?? identityOf(id), showId(id))] : [];
    });
  });
  const directive: JsonSchema = { type: "string", enum: ["delete", "replace", "merge"], description: DIRECTIVE };
  const all = merged([{ type: "object" }, ...schemas, { properties: { $patch: directive } }]);
  return withAims(all, aims(parsed, uses));
}

/** Which objects the patch changes. */
function aims(parsed: Parsed, uses: readonly PatchUse[]): string {
  const names = uses.flatMap(({ manifest, entry }) => {
    const hits = entry.target ? selected(manifest, entry.target, "expressions") : meantBy(parsed, manifest);
    return hits.flatMap(({ ids }) => ids.slice(-1).map(showId));
  });
  const distinct = [...new Set(names)];
  return distinct.length === 0 ? "" : `Patches:\n\n${listOfLines(distinct)}`;
}

/** Told at the kind and at the name. */
function withAims(schema: JsonSchema, description: string): JsonSchema {
  const { kind, metadata } = schema.properties ?? {};
  if (description === "" || !kind || !metadata) return schema;
  const name = { ...metadata.properties?.name, description };
  const properties = {
    ...schema.properties,
    kind: { ...kind, description },
    metadata: { ...metadata, properties: { ...metadata.properties, name } },
  };
  return { ...schema, properties };
}

const MOST = 20;
const DIRECTIVE = "Takes the whole object away, replaces it, or merges as without this key.";

/** The objects that a patch without target may be of, by what it says of itself so far. */
function meantBy(parsed: Parsed, manifest: Manifest): readonly Built[] {
  const root = parsed.tree.documents[0]?.root;
  const kind = plain(root, "kind");
  const name = plain(exact(root, "metadata"), "name");
  const { gathered } = buildOf(manifest);
  const ofKind = gathered.filter(({ ids }) => ids.some((id) => kind === "" || id.kind === kind));
  const ofName = ofKind.filter(({ ids }) => ids.some((id) => id.name === name));
  return ofName.length > 0 ? ofName : ofKind;
}

const identityOf = (id: Id) => ({
  apiVersion: apiVersionOf(id),
  kind: id.kind,
  metadata: { name: id.name, ...(id.namespace !== "" && { namespace: id.namespace }) },
});

/** The text that stands there now. */
export const presentValue: Kind = {
  complete: ({ schema }) =>
    (schema.examples ?? []).flatMap((one): Choice[] =>
      typeof one === "string" && shortened(one) === one ? [{ value: one, kind: "value", detail: "now" }] : [],
    ),
};

function presentAt(from: Manifest, target: MapNode, pointer: string): readonly string[] {
  return selected(from, target, "expressions").flatMap((object) => {
    const id = object.ids.at(-1);
    const content = contentOf(object, from.workspace.files);
    if (!id || content === undefined) return [];
    const value = valueAt(content, pointer);
    return [`${value === undefined ? "absent" : `\`${shortened(value)}\``} in ${showId(id)}`];
  });
}

export const jsonPointer: Kind = {
  /** What stands at the place now, in each object that the patch is aimed at. */
  hover({ manifest, text }) {
    const lines = patchUsesOf(manifest.parsed, manifest.workspace).flatMap(({ manifest: from, entry }) =>
      entry.target ? presentAt(from, entry.target, text) : [],
    );
    return lines.length === 0 ? undefined : `The place is now:\n\n${listOfLines([...new Set(lines)])}`;
  },
  complete({ manifest, at }) {
    const makes = at.at(-1) === "path" && /^(add|move|copy)$/.test(plain(mapAround(manifest, at), "op"));
    return patchUsesOf(manifest.parsed, manifest.workspace).flatMap((use) =>
      pointersAt(use.manifest, use.entry.target, makes),
    );
  },
};
