// What kustomize's built-in generators and transformers take in their own files: kinds, shapes, and what they can't do
// without. Unknown keys are ignored there.

import type { MapNode, Span } from "../../../text/node.js";
import { spanOf } from "../../../text/node.js";
import { fieldOf, isNull, itemsIn, pairOf, spotIn, textOf } from "./reading.js";
import { EACH, type Shape, type Wrong, wrongIn } from "./shapes.js";

const TEXTS: Shape = { [EACH]: "any text" };
const FIELD_SPECS: Shape = [
  { group: "any text", version: "any text", kind: "any text", path: "any text", create: "truth" },
];
const SELECTOR: Shape = {
  group: "any text",
  version: "any text",
  kind: "any text",
  name: "any text",
  namespace: "any text",
  labelSelector: "any text",
  annotationSelector: "any text",
};
const REPLACED: Shape = { delimiter: "any text", index: "whole number", create: "truth" };
const GENERATOR: { readonly [field: string]: Shape } = {
  name: "any text",
  namespace: "any text",
  behavior: "any text",
  literals: ["any text"],
  files: ["any text"],
  envs: ["any text"],
  env: "any text",
  options: { labels: TEXTS, annotations: TEXTS, disableNameSuffixHash: "truth", immutable: "truth" },
};
const STRICT_SELECTOR = Object.fromEntries(
  Object.keys(SELECTOR).map((field): [string, Shape] => [field, "strict text"]),
);
const STRICT_REPLACED: Shape = { delimiter: "strict text", index: "whole number", create: "truth" };
/** A replacement in a file of its own, which is decoded as it stands. */
export const REPLACEMENT: Shape = {
  source: { ...STRICT_SELECTOR, fieldPath: "strict text", options: STRICT_REPLACED },
  targets: [
    { select: STRICT_SELECTOR, reject: [STRICT_SELECTOR], fieldPaths: ["strict text"], options: STRICT_REPLACED },
  ],
};
const AFFIX = { fieldSpecs: FIELD_SPECS };

export const GENERATORS: Readonly<Record<string, Shape>> = {
  ConfigMapGenerator: GENERATOR,
  SecretGenerator: { ...GENERATOR, type: "any text" },
  HelmChartInflationGenerator: {},
  IAMPolicyGenerator: {},
};

export const TRANSFORMERS: Readonly<Record<string, Shape>> = {
  AnnotationsTransformer: { annotations: TEXTS, fieldSpecs: FIELD_SPECS },
  HashTransformer: {},
  ImageTagTransformer: {
    imageTag: { name: "any text", newName: "any text", newTag: "any text", tagSuffix: "any text", digest: "any text" },
    fieldSpecs: FIELD_SPECS,
  },
  LabelTransformer: { labels: TEXTS, fieldSpecs: FIELD_SPECS },
  NamespaceTransformer: { fieldSpecs: FIELD_SPECS, unsetOnly: "truth", setRoleBindingSubjects: "any text" },
  PatchJson6902Transformer: { target: SELECTOR, path: "any text", jsonOp: "any text" },
  PatchStrategicMergeTransformer: { paths: ["any text"], patches: "any text" },
  PatchTransformer: { path: "any text", patch: "any text", target: SELECTOR, options: { [EACH]: "truth" } },
  PrefixTransformer: { ...AFFIX, prefix: "any text" },
  PrefixSuffixTransformer: { ...AFFIX, prefix: "any text", suffix: "any text" },
  ReplacementTransformer: {
    replacements: [
      {
        path: "any text",
        source: { ...SELECTOR, fieldPath: "any text", options: REPLACED },
        targets: [{ select: SELECTOR, reject: [SELECTOR], fieldPaths: ["any text"], options: REPLACED }],
      },
    ],
  },
  ReplicaCountTransformer: { replica: { name: "any text", count: "whole number" }, fieldSpecs: FIELD_SPECS },
  SuffixTransformer: { ...AFFIX, suffix: "any text" },
  ValueAddTransformer: {
    value: "any text",
    targets: [{ selector: SELECTOR, notSelector: SELECTOR, fieldPath: "any text", filePathPosition: "whole number" }],
  },
};

/** What keeps kustomize from taking the configuration of one of its own plugins. */
export function wrongPlugin(kind: string, node: MapNode): Wrong | undefined {
  const shape = GENERATORS[kind] ?? TRANSFORMERS[kind] ?? {};
  return wrongIn(node, shape, { unknown: "ignored" }) ?? lacking(kind, node) ?? wrongPaths(kind, node);
}

function lacking(kind: string, node: MapNode): Wrong | undefined {
  const has = (name: string): boolean => (textOf(node, name) ?? "").trim() !== "";
  const wrong = (why: string, name?: string): Wrong => ({ why, span: spanAt(node, name) });
  switch (kind) {
    case "PrefixTransformer":
    case "SuffixTransformer":
    case "PrefixSuffixTransformer":
      return pairOf(node, "fieldSpecs")
        ? undefined
        : wrong(`${kind} needs "fieldSpecs"; add "- path: metadata/name" there`);
    case "NamespaceTransformer": {
      const word = textOf(node, "setRoleBindingSubjects") ?? "";
      return ["", "defaultOnly", "none", "allServiceAccounts"].includes(word)
        ? undefined
        : wrong(`"${word}" is none of defaultOnly, none and allServiceAccounts`, "setRoleBindingSubjects");
    }
    case "PatchTransformer":
      return has("path") === has("patch")
        ? wrong(has("path") ? '"path" and "patch" stand side by side; keep one' : 'it needs "path" or "patch"')
        : undefined;
    case "PatchJson6902Transformer":
      if ((textOf(fieldOf(node, "target"), "name") ?? "") === "")
        return wrong('it needs a "target" with a name', "target");
      return has("path") === has("jsonOp") ? wrong('it needs one of "path" and "jsonOp"') : undefined;
    case "PatchStrategicMergeTransformer":
      return has("patches") || (itemsIn(fieldOf(node, "paths"))?.length ?? 0) > 0
        ? undefined
        : wrong('it needs "paths" or "patches"');
    case "ValueAddTransformer":
      return (itemsIn(fieldOf(node, "targets"))?.length ?? 0) > 0 ? undefined : wrong('it needs "targets"', "targets");
    default:
      return undefined;
  }
}

/** An empty list of field specs does nothing, but one without a path fails at the first object. */
function wrongPaths(kind: string, node: MapNode): Wrong | undefined {
  if (!["LabelTransformer", "AnnotationsTransformer"].includes(kind)) return undefined;
  const values = fieldOf(node, kind === "LabelTransformer" ? "labels" : "annotations");
  if (isNull(values)) return undefined;
  const bare = (itemsIn(fieldOf(node, "fieldSpecs")) ?? []).find((spec) => spec && isNull(fieldOf(spec, "path")));
  return bare && { why: 'an entry of "fieldSpecs" has no "path"', span: spanOf(spotIn(bare)) };
}

const spanAt = (node: MapNode, name?: string): Span => {
  const pair = (name && pairOf(node, name)) || pairOf(node, "kind");
  return spanOf(pair?.key ?? spotIn(node));
};
