// Kustomization files by their exact names, and the manifests beside a plugin's kustomization: the only place to speak from
// when the kustomization is missing.

import { basename } from "../../text/paths.js";
import type { DocumentHead } from "../late.js";
import { READING } from "./model/reading.js";

const isKustomization = (path: string): boolean =>
  ["kustomization.yaml", "kustomization.yml", "Kustomization"].includes(basename(path));

export const documents: readonly DocumentHead[] = [
  {
    id: "kustomization",
    title: "kustomization file",
    members: "items",
    reading: READING,
    readsFirstDocumentOnly: true,
    readsUtf16: true,
    hasPublicSchema: true,
    globs: ["**/kustomization.yaml", "**/kustomization.yml", "**/Kustomization"],
    fits: isKustomization,
  },
  {
    id: "object",
    title: "Kubernetes object of an OpenJourney plugin",
    refusesDuplicateKeys: true,
    reading: { ...READING, nullIsAbsent: "everywhere", anyCase: false },
    globs: ["**/plugins/*/kubernetes/*.yaml", "**/plugins/*/kubernetes/*.yml"],
    fits: (path) => /\/plugins\/[^/._][^/]*\/kubernetes\/[^/]+\.ya?ml$/.test(path) && !isKustomization(path),
  },
];
