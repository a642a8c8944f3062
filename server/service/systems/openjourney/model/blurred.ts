// What is still known of an object's content behind labels, annotations, images, replicas and names: all but the places that
// these write at. The JSON patches of whoever builds on it are followed as far as they keep away from those.

import type { Node } from "../../../text/node.js";
import type { Value } from "../../../text/reading.js";
import type { Id } from "./identity.js";
import { BLUR, type Fields, isFields } from "./jsonPatch.js";
import { entriesOf, fieldOf, listOf, mapsOf, pairOf, stringOf, textOf } from "./reading.js";

/** Fields that change the content of objects at places of their own choice. */
export const ANYWHERE = [
  "replacements",
  "vars",
  "patchesJson6902",
  "patchesStrategicMerge",
  "components",
  "configurations",
  "crds",
];
/** Kinds of which only the pod's template and the selector get labels. */
const WORKLOADS = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"];
const PLAIN = ["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "Ingress"];

export function blurred(content: Value | undefined, id: Id | undefined, root: Node | undefined): Value | undefined {
  if (content === undefined || !id || !isFields(content) || ANYWHERE.some((field) => pairOf(root, field)))
    return undefined;
  let known: Value | undefined = content;
  const blur = (...path: readonly string[]) => {
    known = known && at(known, path);
  };
  const labels = mapsOf(root, "labels");
  if (labels.some((one) => listOf(one, "fields").length > 0)) return undefined;
  const labelled = labels.length > 0 || pairOf(root, "commonLabels") !== undefined;
  const annotated = pairOf(root, "commonAnnotations") !== undefined;
  const isWorkload = WORKLOADS.includes(id.kind);
  if ((labelled || annotated) && !isWorkload && ![...PLAIN, "Service"].includes(id.kind)) return undefined;
  if (labelled || annotated) blur("metadata");
  if (isWorkload && (labelled || annotated)) blur("spec", "template", "metadata");
  if (labelled && (isWorkload || id.kind === "Service")) blur("spec", "selector");
  if (labelled && id.kind === "StatefulSet") blur("spec", "volumeClaimTemplates");
  if (labelled && isWorkload) blur("spec", "template", "spec", "affinity");
  if (labelled && isWorkload) blur("spec", "template", "spec", "topologySpreadConstraints");
  if (pairOf(root, "replicas")) blur("spec", "replicas");
  if (pairOf(root, "images") ?? pairOf(root, "imageTags")) known = known && withoutImages(known);
  if (["namePrefix", "nameSuffix", "namespace"].some((field) => (textOf(root, field) ?? "") !== "")) {
    if (!isWorkload && ![...PLAIN, "Service"].includes(id.kind)) return undefined;
    blur("metadata");
  }
  return known;
}

type Texts = Readonly<Record<string, string>>;

/** The labels and annotations of an object behind those that this kustomization sets. */
export function labelsBehind(
  one: { readonly labels: Texts | undefined; readonly annotations: Texts | undefined },
  root: Node | undefined,
): { readonly labels: Texts | undefined; readonly annotations: Texts | undefined } {
  if (ANYWHERE.some((field) => pairOf(root, field))) return { labels: undefined, annotations: undefined };
  const listed = mapsOf(root, "labels").map((item) => fieldOf(item, "pairs"));
  return {
    labels: one.labels && { ...one.labels, ...textsIn(...listed, fieldOf(root, "commonLabels")) },
    annotations: one.annotations && { ...one.annotations, ...textsIn(fieldOf(root, "commonAnnotations")) },
  };
}

const textsIn = (...maps: readonly (Node | undefined)[]): Texts =>
  Object.fromEntries(
    maps.flatMap(entriesOf).flatMap(({ key, pair }) => {
      const text = stringOf(pair.value);
      return text === undefined ? [] : [[key, text]];
    }),
  );

/** The content with one place unknown; undefined where what stands above it isn't there. */
function at(content: Value, [name = "", ...rest]: readonly string[]): Value | undefined {
  if (content === BLUR) return content;
  if (!isFields(content)) return undefined;
  if (rest.length === 0) return { ...content, [name]: BLUR };
  const child = content[name];
  const blurredChild = child === undefined || child === null ? undefined : at(child, rest);
  return blurredChild === undefined ? undefined : { ...content, [name]: blurredChild };
}

function withoutImages(content: Value): Value {
  if (content === BLUR) return content;
  if (Array.isArray(content)) return content.map(withoutImages);
  if (!isFields(content)) return content;
  const fields: Fields = Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, name === "image" ? BLUR : withoutImages(value)]),
  );
  return fields;
}
