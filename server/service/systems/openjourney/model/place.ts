// What stands where a reference points, and the first reason for which kustomize would refuse it. Says nothing where the
// disk can't be known, and nothing about remote things.

import { dirname, isAbsolute, isInside, resolve } from "../../../text/paths.js";
import type { Files } from "../../facts.js";
import type { ServiceSettings } from "../../settings.js";
import { isRemoteFile, isRemoteFolder } from "./address.js";
import { type Kustomization, kustomizationAt, kustomizationsIn, NAMES } from "./kustomization.js";
import type { Accepts } from "./references.js";

export type Place =
  | { readonly is: "remote" | "unknown" }
  | { readonly is: "file"; readonly path: string }
  | { readonly is: "folder"; readonly path: string; readonly base: Kustomization | undefined }
  | RefusedPlace;

export interface RefusedPlace {
  readonly is: "refused";
  readonly code: RefusedCode;
  readonly path: string;
}

export type RefusedCode =
  | "missing-file"
  | "not-a-file"
  | "outside-root"
  | "absolute-path"
  | "component-not-dir"
  | "missing-kustomization"
  | "multiple-kustomizations"
  | "cycle"
  | "component-as-resource"
  | "kustomization-as-component";

/** Where the asking kustomization stands: its folder, and the folders that led to it. */
export interface Standpoint {
  readonly folder: string | undefined;
  readonly files: Files;
  readonly settings: ServiceSettings;
  readonly visited: readonly string[];
}

const REMOTE: Place = { is: "remote" };

export function placeOf(text: string, accepts: Accepts, from: Standpoint): Place {
  const { files, folder } = from;
  if (accepts !== "component" && isRemoteFile(text)) return REMOTE;
  if (folder === undefined) return isRemoteFolder(text) ? REMOTE : { is: "unknown" };
  const path = resolve(folder, text);
  const kind = files.kind(path);
  const isLocalFile = kind === "file" && !text.includes("://");
  if (accepts === "file") return kind === "unknown" ? { is: "unknown" } : placeOfFile(path, kind, from, folder);
  if (accepts === "resource" && isLocalFile) return placeOfFile(path, kind, from, folder);
  if (isRemoteFolder(text)) return REMOTE;
  if (kind === "unknown") return { is: "unknown" };
  if (kind === "none") return { is: "refused", code: "missing-file", path };
  if (kind === "file") return { is: "refused", code: "component-not-dir", path };
  return isAbsolute(text) ? { is: "refused", code: "absolute-path", path } : placeOfFolder(path, accepts, from, folder);
}

function placeOfFile(path: string, kind: "file" | "directory" | "none", from: Standpoint, folder: string): Place {
  if (kind === "none") return { is: "refused", code: "missing-file", path };
  if (kind === "directory") return { is: "refused", code: "not-a-file", path };
  if (from.settings.kustomizeLoadRestrictor === "none") return { is: "file", path };
  const root = from.files.real(folder) ?? folder;
  const real = from.files.real(path) ?? path;
  return isInside(dirname(real), root) ? { is: "file", path } : { is: "refused", code: "outside-root", path };
}

function placeOfFolder(path: string, accepts: Accepts, from: Standpoint, folder: string): Place {
  const { files, visited } = from;
  const real = files.real(path) ?? path;
  if ([folder, ...visited].some((one) => isInside(files.real(one) ?? one, real)))
    return { is: "refused", code: "cycle", path };
  const found = kustomizationsIn(path, files);
  if (!found) return { is: "unknown" };
  if (found.length === 0) return { is: "refused", code: "missing-kustomization", path };
  if (found.length > 1) return { is: "refused", code: "multiple-kustomizations", path };
  const base = kustomizationAt(found[0] ?? `${path}/${NAMES[0]}`, files);
  if (base?.kind === "Component" && accepts === "resource")
    return { is: "refused", code: "component-as-resource", path };
  if (base?.kind === "Kustomization" && base.root && accepts === "component")
    return { is: "refused", code: "kustomization-as-component", path };
  return { is: "folder", path, base };
}
