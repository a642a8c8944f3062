// Kustomization files by their exact names. Flux has a Kustomization object of its own; that one is not ours.

import kustomizationSchema from "../../../../schemas/openjourney-kustomization.schema.json";
import objectSchema from "../../../../schemas/openjourney-object.schema.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { keyText, type Node } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename } from "../../text/paths.js";
import { asMap, asScalar } from "../read.js";
import type { DocumentKind, Verdict } from "../system.js";
import { exact, plain } from "./model/objects.js";
import { pluginOf } from "./model/plugin.js";
import { READING } from "./model/reading.js";

const schema = schemaFrom(kustomizationSchema);

export const kustomizationDocument: DocumentKind = {
  id: "kustomization",
  title: "kustomization file",
  members: "items",
  reading: READING,
  readsFirstDocumentOnly: true,
  hasPublicSchema: true,
  globs: ["**/kustomization.yaml", "**/kustomization.yml", "**/Kustomization"],
  fits: (path) => ["kustomization.yaml", "kustomization.yml", "Kustomization"].includes(basename(path)),
  recognise: looksLikeKustomization,
  schema: () => schema,
};

const objects = schemaFrom(objectSchema);

/** Manifests beside a plugin's kustomization: the only place to speak from when the kustomization is missing. */
export const objectDocument: DocumentKind = {
  id: "object",
  title: "Kubernetes object of an OpenJourney plugin",
  refusesDuplicateKeys: true,
  reading: { ...READING, nullIsAbsent: "everywhere", anyCase: false },
  globs: ["**/plugins/*/kubernetes/*.yaml", "**/plugins/*/kubernetes/*.yml"],
  fits: (path) => /\/plugins\/[^/._][^/]*\/kubernetes\/[^/]+\.ya?ml$/.test(path) && !kustomizationDocument.fits(path),
  recognise(parsed, { files }) {
    const root = asMap(parsed.tree.documents[0]?.root);
    const isObject =
      plain(root, "apiVersion") !== "" && plain(root, "kind") !== "" && plain(exact(root, "metadata"), "name") !== "";
    if (!isObject) return { ours: false, reason: "it holds no Kubernetes object" };
    return pluginOf(parsed.path, files)
      ? { ours: true, reason: "a Kubernetes object of an OpenJourney plugin" }
      : { ours: false, reason: "no folder beside it is a plugin with a Dockerfile" };
  },
  schema: () => objects,
};

function looksLikeKustomization(parsed: Parsed): Verdict {
  const isFlux = parsed.tree.documents.some(({ root }) => groupOf(root).includes("toolkit.fluxcd.io"));
  if (isFlux) return { ours: false, reason: "a Flux object, not a kustomization file" };
  return { ours: true, reason: "kustomize reads a file of this name" };
}

function groupOf(root: Node | undefined): string {
  const apiVersion = asMap(root)?.pairs.find((pair) => keyText(pair)?.toLowerCase() === "apiversion");
  return asScalar(apiVersion?.value)?.text ?? "";
}
