// Kustomization files by their exact names. Flux has a Kustomization object of its own; that one is not ours.

import kustomizationSchema from "../../../../schemas/openjourney-kustomization.schema.json";
import { schemaFrom } from "../../schema/jsonSchema.js";
import { keyText } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename } from "../../text/paths.js";
import { asMap, asScalar } from "../read.js";
import type { DocumentKind, Verdict } from "../system.js";
import { READING } from "./model/reading.js";

const schema = schemaFrom(kustomizationSchema);

export const kustomizationDocument: DocumentKind = {
  id: "kustomization",
  title: "kustomization file",
  reading: READING,
  hasPublicSchema: true,
  globs: ["**/kustomization.yaml", "**/kustomization.yml", "**/Kustomization"],
  fits: (path) => ["kustomization.yaml", "kustomization.yml", "Kustomization"].includes(basename(path)),
  recognise: looksLikeKustomization,
  schema: () => schema,
};

function looksLikeKustomization(parsed: Parsed): Verdict {
  const map = asMap(parsed.tree.documents[0]?.root);
  const apiVersion = map?.pairs.find((pair) => keyText(pair)?.toLowerCase() === "apiversion");
  const group = asScalar(apiVersion?.value)?.text ?? "";
  if (group.includes("toolkit.fluxcd.io")) return { ours: false, reason: "a Flux object, not a kustomization file" };
  return { ours: true, reason: "kustomize reads a file of this name" };
}
