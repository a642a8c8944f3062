// Fixes that make the file or folder which an entry names: an object, a patch that changes nothing yet, or a folder with a
// kustomization. Nothing is made outside the folder of the kustomization, or where what belongs there can't be guessed.

import { basename, extname, isInside } from "../../../text/paths.js";
import type { Fix } from "../../problem.js";
import type { Manifest } from "../../system.js";
import { buildOf } from "../model/build.js";
import { type Id, selectorOf } from "../model/identity.js";
import { fieldOf, mapOf, mapsOf, pairOf } from "../model/reading.js";
import type { Reference } from "../model/references.js";
import { written } from "./entries.js";
import { COMPONENT_TEXT, createKustomization, kustomizationText } from "./kustomization.js";

export function createMissing(reference: Reference, path: string, manifest: Manifest): Fix[] {
  const { folder } = manifest;
  const { text, field } = reference;
  if (folder === undefined || /[*?$~:\\{}]|\s/.test(text) || !isInside(path, folder) || path === folder) return [];
  const content = contentOf(reference, path, manifest);
  if (content === undefined) return [];
  const isFolder = (field === "components" || RESOURCES.includes(field)) && !isFileName(path);
  const create = isFolder ? `${path}/kustomization.yaml` : path;
  return [
    {
      title: `Create "${isFolder ? `${text.replace(/\/+$/, "")}/kustomization.yaml` : text}"`,
      edits: [],
      files: [{ create, text: content }],
    },
  ];
}

/** A folder that exists but has no kustomization: one that lists what lies in it. */
export function createIn({ accepts }: Reference, path: string, { workspace }: Manifest): Fix[] {
  if (accepts !== "component") return createKustomization(path, workspace.files);
  const create = `${path}/kustomization.yaml`;
  return [
    {
      title: `Create ${basename(path)}/kustomization.yaml of kind Component`,
      edits: [],
      files: [{ create, text: COMPONENT_TEXT }],
    },
  ];
}

const RESOURCES = ["resources", "bases"];
const isFileName = (path: string): boolean => /^\.(ya?ml|json)$/i.test(extname(path));

function contentOf({ field, node }: Reference, path: string, manifest: Manifest): string | undefined {
  if (field === "components") return isFileName(path) ? undefined : COMPONENT_TEXT;
  if (RESOURCES.includes(field)) return isFileName(path) ? objectText(path) : kustomizationText([]);
  if (field === "patches.path") return patchText(node, manifest);
  return field === "files" || field === "envs" || field === "env" ? "" : undefined;
}

/** An object named after its file, of the kind that the name speaks of. */
function objectText(path: string): string | undefined {
  const stem = basename(path).slice(0, -extname(path).length);
  const name = stem
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (name === "" || extname(path).toLowerCase() === ".json") return undefined;
  const kind = KINDS.find((one) => name.includes(one.kind.toLowerCase())) ?? { kind: "ConfigMap", apiVersion: "v1" };
  return `apiVersion: ${kind.apiVersion}\nkind: ${kind.kind}\nmetadata:\n  name: ${written(name)}\n`;
}

const KINDS = [
  { kind: "Deployment", apiVersion: "apps/v1" },
  { kind: "StatefulSet", apiVersion: "apps/v1" },
  { kind: "DaemonSet", apiVersion: "apps/v1" },
  { kind: "CronJob", apiVersion: "batch/v1" },
  { kind: "Ingress", apiVersion: "networking.k8s.io/v1" },
  { kind: "ServiceAccount", apiVersion: "v1" },
  { kind: "Service", apiVersion: "v1" },
  { kind: "Namespace", apiVersion: "v1" },
  { kind: "Secret", apiVersion: "v1" },
];

/** A merge patch for the object that the entry aims at; without a target, for the first one there is. */
function patchText(path: Reference["node"], manifest: Manifest): string | undefined {
  const entry = mapsOf(manifest.root, "patches").find((item) => pairOf(item, "path")?.value === path);
  const target = mapOf(fieldOf(entry, "target"));
  const selector = selectorOf(target);
  const object = buildOf(manifest).gathered.find((one) => !target || selector.matches(one) === true);
  const id = object?.ids.at(-1);
  return id && identityText(id);
}

function identityText({ group, version, kind, name, namespace }: Id): string {
  const apiVersion = group === "" ? version : `${group}/${version}`;
  const space = namespace === "" ? "" : `  namespace: ${written(namespace)}\n`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${written(name)}\n${space}`;
}
