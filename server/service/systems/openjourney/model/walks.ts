// Where kustomize's transformers walk through an object, and what stops them: a plain value above the place, or the wrong kind of
// value at it. What is absent or null is passed by.

import type { Node } from "../../../text/node.js";
import type { Value } from "../../../text/reading.js";
import { type Id, isClusterScoped } from "./identity.js";
import { BLUR, isFields } from "./jsonPatch.js";
import { boolOf, entriesOf, fieldOf, mapsOf, pairOf, textOf } from "./reading.js";

type Wanted = "map" | "list" | "plain value" | "anything";

export interface Stop {
  /** `spec.template.spec.volumes` */
  readonly at: string;
  readonly wanted: string;
}

/** The first place where this kustomization's transformers can't walk through an object. */
export function stopOfTransformers(content: Value, names: readonly Id[], root: Node | undefined): Stop | undefined {
  const id = names.at(-1);
  if (!id) return undefined;
  const templates = TEMPLATES[id.kind]?.includes(id.group) === true;
  const labels = mapsOf(root, "labels").filter((one) => entriesOf(fieldOf(one, "pairs")).length > 0);
  const isCommon = entriesOf(fieldOf(root, "commonLabels")).length > 0;
  const selects = isCommon || labels.some((one) => boolOf(one, "includeSelectors"));
  const inTemplates = selects || labels.some((one) => boolOf(one, "includeTemplates"));
  const walks: [string, Wanted][] = [];
  if (isCommon || labels.length > 0) walks.push(["metadata/labels", "map"]);
  if (inTemplates && templates) walks.push(["spec/template/metadata/labels", "map"]);
  if (selects && templates && id.kind !== "Job") walks.push(["spec/selector/matchLabels", "map"]);
  if (selects && id.kind === "Service" && id.group === "") walks.push(["spec/selector", "map"]);
  if (templates && entriesOf(fieldOf(root, "commonAnnotations")).length > 0)
    walks.push(["spec/template/metadata/annotations", "map"]);
  if ((textOf(root, "namespace") ?? "") !== "") {
    if (!isClusterScoped(id)) walks.push(["metadata/namespace", "plain value"]);
    if (id.group === RBAC && id.kind.endsWith("RoleBinding")) walks.push(["subjects", "list"]);
  }
  const replicas = mapsOf(root, "replicas").map((one) => textOf(one, "name"));
  if (SCALED.includes(id.kind) && id.group === "apps" && names.some(({ name }) => replicas.includes(name)))
    walks.push(["spec/replicas", "plain value"]);
  if (templates && (pairOf(root, "images") ?? pairOf(root, "imageTags")))
    for (const list of ["containers", "initContainers"])
      walks.push([`spec/template/spec/${list}/image`, "plain value"]);
  return firstStop(content, walks);
}

/** The same of the references to other objects, which every build puts right at its end. */
export function stopOfReferences(content: Value, { kind, group }: Id): Stop | undefined {
  if (TEMPLATES[kind]?.includes(group) !== true) return undefined;
  return firstStop(
    content,
    REFERENCES.map((path): [string, Wanted] => [`spec/template/spec/${path}`, "anything"]),
  );
}

/** To find accounts of other namespaces, kustomize reads each that is written, and refuses one without a value. */
export function stopOfSubjects(content: Value, { kind, group }: Id, root: Node | undefined): Stop | undefined {
  if (kind !== "RoleBinding" || group !== RBAC || !isFields(content)) return undefined;
  if (["replacements", "transformers"].some((field) => pairOf(root, field))) return undefined;
  // The namespace of the kustomization is written there before, for this account alone.
  const isWritten = (textOf(root, "namespace") ?? "") !== "";
  const isBlank = (one: Value) =>
    isFields(one) &&
    one.kind === "ServiceAccount" &&
    !(isWritten && one.name === "default") &&
    "namespace" in one &&
    !isText(one.namespace);
  return Array.isArray(content.subjects) && content.subjects.some(isBlank)
    ? { at: "subjects.namespace", wanted: "a text" }
    : undefined;
}

const isText = (value: Value | undefined): boolean => typeof value === "string" || value === BLUR;

const RBAC = "rbac.authorization.k8s.io";
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["apps"],
  ReplicaSet: ["apps"],
  DaemonSet: ["apps"],
  StatefulSet: ["apps"],
  Job: ["batch"],
};
const SCALED = ["Deployment", "ReplicaSet", "StatefulSet"];
const REFERENCES = [
  "volumes/configMap/name",
  "volumes/secret/secretName",
  ...["containers", "initContainers"].flatMap((list) => [
    `${list}/env/valueFrom/configMapKeyRef/name`,
    `${list}/envFrom/configMapRef/name`,
  ]),
  "imagePullSecrets/name",
];

function firstStop(content: Value, walks: readonly (readonly [string, Wanted])[]): Stop | undefined {
  for (const [path, wanted] of walks) {
    const stop = walk(content, path.split("/"), 0, wanted);
    if (stop) return stop;
  }
  return undefined;
}

function walk(value: Value | undefined, path: readonly string[], depth: number, wanted: Wanted): Stop | undefined {
  if (value === undefined || value === null || value === BLUR) return undefined;
  const at = path.slice(0, depth).join(".");
  if (depth === path.length) return fits(value, wanted) ? undefined : { at, wanted: `a ${wanted}` };
  if (Array.isArray(value)) {
    for (const item of value) {
      const stop = walk(item, path, depth, wanted);
      if (stop) return stop;
    }
    return undefined;
  }
  return isFields(value) ? walk(value[path[depth] ?? ""], path, depth + 1, wanted) : { at, wanted: "a map or list" };
}

const fits = (value: Value, wanted: Wanted): boolean =>
  wanted === "anything" ||
  (wanted === "list" ? Array.isArray(value) : wanted === "map" ? isFields(value) : typeof value !== "object");
