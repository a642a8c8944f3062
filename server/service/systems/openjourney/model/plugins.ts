// What kustomize's built-in generators and transformers take in their own files: kinds, shapes, and what they can't do
// without. Unknown keys are ignored there.

import { keyText, type MapNode, type Node, type Pair, type Span, spanOf } from "../../../text/node.js";
import { fieldOf, isNull, itemsIn, mapOf, mapsOf, pairOf, scalarOf, spotIn, stringOf, textOf } from "./reading.js";
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
  const read = decoded(kind, node);
  // It is read once as an object and written again before it is decoded: "yes" is a text by then.
  const strictness = { unknown: "ignored", truths: "yaml-1.2" } as const;
  return wrongIn(node, shapeOf(kind), strictness) ?? lacking(kind, read) ?? wrongPaths(kind, read);
}

const shapeOf = (kind: string): Shape => GENERATORS[kind] ?? TRANSFORMERS[kind] ?? {};

/** The configuration with every text as one, which a number may be written as. */
export const decoded = (kind: string, node: MapNode): MapNode => mapOf(asText(node, shapeOf(kind))) ?? node;

function asText(node: Node, shape: Shape): Node {
  if (isNull(node)) return node;
  const scalar = scalarOf(node);
  if (scalar) {
    const isText = shape !== "any text" || stringOf(scalar) !== undefined;
    return isText ? node : { kind: "scalar", text: scalar.text, style: "single", start: node.start, end: node.end };
  }
  const { start, end } = node;
  const map = mapOf(node);
  if (map && typeof shape === "object" && !("length" in shape)) {
    const pairs = map.pairs.map((pair): Pair => {
      const name = keyText(pair)?.toLowerCase() ?? "";
      const field = shape[Object.keys(shape).find((one) => one.toLowerCase() === name) ?? EACH];
      const value = pair.value && field ? asText(pair.value, field) : pair.value;
      return { start: pair.start, end: pair.end, key: pair.key, value };
    });
    return { kind: "map", flow: map.flow, start, end, pairs };
  }
  const items = itemsIn(node);
  if (!items || typeof shape !== "object" || !("length" in shape)) return node;
  return { kind: "list", flow: true, start, end, items: items.map((item) => item && asText(item, shape[0])) };
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
      if ((itemsIn(fieldOf(node, "targets"))?.length ?? 0) === 0) return wrong('it needs "targets"', "targets");
      return mapsOf(node, "targets").some((one) => (textOf(one, "fieldPath") ?? "") === "")
        ? wrong('a target has no "fieldPath"', "targets")
        : undefined;
    case "ReplicaCountTransformer":
      return (textOf(fieldOf(node, "replica"), "name") ?? "") === ""
        ? wrong('it needs a "replica" with a name', "replica")
        : undefined;
    case "ReplacementTransformer":
      return lackingReplacement(node);
    default:
      return undefined;
  }
}

function lackingReplacement(node: MapNode): Wrong | undefined {
  for (const one of mapsOf(node, "replacements")) {
    const targets = pairOf(one, "targets");
    const inline = pairOf(one, "source") ?? targets;
    const span = spanOf(spotIn(one));
    if (pairOf(one, "path")) {
      if (inline) return { why: '"path" stands beside an inline replacement; keep one', span };
    } else if (!pairOf(one, "source") || (itemsIn(targets?.value)?.length ?? 0) === 0)
      return { why: "a replacement needs a source and at least one target", span };
    else if (mapsOf(one, "targets").some((target) => !pairOf(target, "select")))
      return { why: 'a target of a replacement needs "select"', span };
  }
  return undefined;
}

/** An empty list of field specs does nothing, but one without a path fails at the first object. */
function wrongPaths(kind: string, node: MapNode): Wrong | undefined {
  const field = WITH_PATHS[kind];
  const values = field === undefined ? undefined : fieldOf(node, field);
  if (isNull(values)) return undefined;
  const bare = (itemsIn(fieldOf(node, "fieldSpecs")) ?? []).find((spec) => spec && isNull(fieldOf(spec, "path")));
  return bare && { why: 'an entry of "fieldSpecs" has no "path"', span: spanOf(spotIn(bare)) };
}

/** What has to be there for the field specs to count. */
const WITH_PATHS: Readonly<Record<string, string>> = {
  LabelTransformer: "labels",
  AnnotationsTransformer: "annotations",
  ReplicaCountTransformer: "replica",
};

const spanAt = (node: MapNode, name?: string): Span => {
  const pair = (name && pairOf(node, name)) || pairOf(node, "kind");
  return spanOf(pair?.key ?? spotIn(node));
};
