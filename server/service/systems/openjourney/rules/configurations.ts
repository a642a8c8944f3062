// Files behind configurations: where kustomize's own transformers look. They are read strictly, at any depth.

import type { Report, Rule } from "../../system.js";
import { isNull } from "../model/reading.js";
import { type Shape, wrongIn } from "../model/shapes.js";
import { filesOf } from "./files.js";

export const configurationRules: readonly Rule[] = [
  {
    code: "openjourney/configuration-field",
    severity: "error",
    title: "a configurations file with a key or value that kustomize can't take",
    host: "Since 5.4.0 kustomize refuses unknown keys there, at any depth; lists must be lists, create true or false.",
    fix: `use only the known keys: namePrefix, nameReference, commonLabels, varReference, images and the like`,
    check(manifest, report) {
      for (const behind of filesOf(manifest, "configurations")) tell(report, behind);
    },
  },
];

function tell(report: Report, { reference, root, path, broken }: ReturnType<typeof filesOf>[number]): void {
  const wrong = root && !isNull(root) ? wrongIn(root, CONFIGURATION, { unknown: "refused" }) : undefined;
  const [why, span] = broken ? [broken.message, broken.span] : wrong ? [wrong.why, wrong.span] : [];
  if (why !== undefined && span)
    report(reference.span, `kustomize can't take "${reference.text}": ${why}; correct the file`, {
      related: [{ message: why, path, span }],
    });
}

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
