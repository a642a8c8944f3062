// Files behind configurations: where kustomize's own transformers look. They are read strictly, at any depth.

import { keyText, type Node, type Span, spanOf } from "../../../text/node.js";
import { isMergeKey } from "../../../text/reading.js";
import { scalarValue } from "../../../text/readings.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { isNull, itemsIn, mapOf, READING, scalarOf } from "../model/reading.js";
import { filesOf } from "./files.js";

export const configurationRules: readonly Rule[] = [
  {
    code: "openjourney/configuration-field",
    severity: "error",
    title: "a configurations file with a key or value that kustomize can't take",
    host: "Since 5.4.0 kustomize refuses unknown keys there, at any depth; lists must be lists, create true or false.",
    fix: `use only the known keys: namePrefix, nameReference, commonLabels, varReference, images and the like`,
    check(manifest, report) {
      for (const behind of filesOf(manifest, "configurations")) tell(manifest, report, behind);
    },
  },
];

function tell(
  _manifest: Manifest,
  report: Report,
  { reference, root, path }: ReturnType<typeof filesOf>[number],
): void {
  const wrong = root && !isNull(root) ? wrongIn(root, CONFIGURATION) : undefined;
  if (!wrong) return;
  report(reference.span, `kustomize can't take "${reference.text}": ${wrong.why}; correct the file`, {
    related: [{ message: wrong.why, path, span: wrong.span }],
  });
}

type Shape = "text" | "truth" | readonly [item: Shape] | { readonly [field: string]: Shape };

const FIELD_SPEC = { group: "text", version: "text", kind: "text", path: "text", create: "truth" } as const;
const CONFIGURATION: Shape = {
  ...Object.fromEntries(
    [
      "namePrefix",
      "nameSuffix",
      "namespace",
      "commonLabels",
      "labels",
      "templateLabels",
      "commonAnnotations",
      "images",
      "replicas",
      "varReference",
    ].map((name): [string, Shape] => [name, [FIELD_SPEC]]),
  ),
  nameReference: [{ group: "text", version: "text", kind: "text", fieldSpecs: [FIELD_SPEC] }],
};

interface Wrong {
  readonly why: string;
  readonly span: Span;
}

/** The first thing that doesn't fit; null stands for absent everywhere, and numbers pass for texts. */
function wrongIn(node: Node | undefined, shape: Shape): Wrong | undefined {
  if (!node || isNull(node)) return undefined;
  if (shape === "text" || shape === "truth") return wrongScalar(node, shape);
  if (isList(shape)) {
    const items = itemsIn(node);
    if (!items) return { why: "a list is wanted here", span: [node.start, node.start + 1] };
    return first(items, (item) => wrongIn(item, shape[0]));
  }
  const map = mapOf(node);
  if (!map) return { why: "a map is wanted here", span: [node.start, node.start + 1] };
  return first(map.pairs, (pair) => {
    if (isMergeKey(pair)) return undefined;
    const name = keyText(pair)?.toLowerCase() ?? "";
    const known = Object.keys(shape).find((one) => one.toLowerCase() === name);
    const field = known === undefined ? undefined : shape[known];
    if (field !== undefined) return wrongIn(pair.value, field);
    return pair.key && { why: `it doesn't know the key "${keyText(pair) ?? ""}"`, span: spanOf(pair.key) };
  });
}

function wrongScalar(node: Node, wanted: "text" | "truth"): Wrong | undefined {
  const scalar = scalarOf(node);
  if (!scalar) return { why: "a single value is wanted here", span: [node.start, node.start + 1] };
  const value = scalarValue(scalar, READING.dialect);
  const fits = wanted === "truth" ? typeof value === "boolean" : typeof value !== "boolean";
  const why =
    wanted === "truth" ? "true or false is wanted here" : `${scalar.text} is read as a boolean, put it in quotes`;
  return fits ? undefined : { why, span: spanOf(scalar) };
}

const isList = (shape: Shape): shape is readonly [item: Shape] => Array.isArray(shape);

function first<One>(all: readonly One[], find: (one: One) => Wrong | undefined): Wrong | undefined {
  for (const one of all) {
    const wrong = find(one);
    if (wrong) return wrong;
  }
  return undefined;
}
