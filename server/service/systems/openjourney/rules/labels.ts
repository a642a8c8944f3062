// Labels, name affixes and the namespace: what builds but the cluster refuses, and label fields at odds with the built-in.

import type { MapNode, Pair } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { removeItem, withoutField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { asAffix, asLabel, asName } from "../fixes/spelling.js";
import { buildOf } from "../model/build.js";
import { isLabelKey, isLabelValue } from "../model/labelSelector.js";
import {
  boolOf,
  entriesOf,
  fieldOf,
  isNull,
  mapOf,
  mapsOf,
  pairOf,
  spotIn,
  spotOf,
  stringOf,
  textOf,
} from "../model/reading.js";
import { isUnderstood } from "./understood.js";

interface Written {
  readonly key: string;
  readonly pair: Pair;
  readonly field: "labels" | "commonLabels";
}

function labelsOf({ root }: Manifest): Written[] {
  const listed = mapsOf(root, "labels").flatMap((item) => entriesOf(fieldOf(item, "pairs")));
  const common = entriesOf(fieldOf(root, "commonLabels"));
  return [
    ...listed.map((one) => ({ ...one, field: "labels" as const })),
    ...common.map((one) => ({ ...one, field: "commonLabels" as const })),
  ];
}

export const labelRules: readonly Rule[] = [
  {
    code: "openjourney/label-twice",
    severity: "warning",
    title: "a label stands twice",
    host: "kustomize applies both; the later one wins. `kustomize edit fix` refuses a key that is in labels and commonLabels.",
    fix: "keep one of them",
    check(manifest, report) {
      const seen = new Map<string, Pair>();
      for (const { key, pair } of labelsOf(manifest)) {
        const first = seen.get(key);
        if (first)
          report(pair.key ?? pair, `the label "${key}" is set in this file already; keep one of the two`, {
            fixes: [first, pair].flatMap((one) => oneLess(manifest, one, key)),
          });
        seen.set(key, pair);
      }
    },
  },
  {
    code: "openjourney/label-empty",
    severity: "information",
    title: "an entry of labels without pairs",
    host: "kustomize builds; the entry has no effect.",
    fix: "add pairs, or remove the entry",
    check(manifest, report) {
      for (const item of mapsOf(manifest.root, "labels")) {
        const pairs = pairOf(item, "pairs");
        if (!isUnderstood(manifest, item, "Label") || (pairs && !mapOf(pairs.value))) continue;
        if (!pairs || entriesOf(pairs.value).length === 0)
          report(pairs?.key ?? spotIn(item), "this entry sets no label; add pairs or remove it", {
            fixes: removeItem(manifest, item),
          });
      }
    },
  },
  {
    code: "openjourney/label-value",
    each: true,
    severity: "warning",
    title: "a label that the cluster refuses",
    host: "kustomize writes any text; the API server takes at most 63 letters, digits, -, _ and . that begin and end with a letter or digit.",
    wrong: 'labels:\n- pairs:\n    team: "a team"',
    right: "labels:\n- pairs:\n    team: a-team",
    fix: "write a legal label",
    check(manifest, report) {
      for (const { key, pair } of labelsOf(manifest)) {
        const value = stringOf(pair.value);
        if (!isLabelKey(key))
          report(
            pair.key ?? pair,
            `the cluster refuses "${key}" as key of a label; use letters, digits, "-", "_" and "."`,
            { fixes: key.includes("/") || asLabel(key) === "" ? [] : changeTo(manifest, pair.key, asLabel(key)) },
          );
        else if (value !== undefined && !isLabelValue(value))
          report(
            spotOf(pair),
            `the cluster refuses "${value}" as value of a label; use at most 63 letters, digits, "-", "_" and "."`,
            { fixes: asLabel(value) === "" ? [] : changeTo(manifest, pair.value, asLabel(value)) },
          );
      }
    },
  },
  {
    code: "openjourney/name-affix",
    severity: "warning",
    title: "a prefix or suffix that no name can have",
    host: "kustomize writes any text; the API server takes lower-case letters, digits, - and . in names.",
    wrong: "namePrefix: Dev_",
    right: "namePrefix: dev-",
    fix: "use lower-case letters, digits and -",
    check(manifest, report) {
      for (const name of ["namePrefix", "nameSuffix"] as const) {
        const pair = pairOf(manifest.root, name);
        const text = textOf(manifest.root, name);
        if (!pair || text === undefined || text === "") continue;
        const odd = !/^[-a-z0-9.:]+$/.test(text) || (name === "namePrefix" ? /^[-.]/ : /[-.]$/).test(text);
        if (odd)
          report(spotOf(pair), `the cluster refuses names with "${text}"; use lower-case letters, digits and "-"`, {
            fixes: asAffix(text, name) === "" ? [] : changeTo(manifest, pair.value, asAffix(text, name)),
          });
      }
    },
  },
  {
    code: "openjourney/namespace-name",
    severity: "warning",
    title: "a namespace name that the cluster refuses",
    host: "kustomize writes any text; the API server takes at most 63 lower-case letters, digits and -.",
    wrong: "namespace: My_Team",
    right: "namespace: my-team",
    fix: "use lower-case letters, digits and -",
    check(manifest, report) {
      const pair = pairOf(manifest.root, "namespace");
      const text = textOf(manifest.root, "namespace") ?? "";
      if (pair && text !== "" && !(text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text)))
        report(spotOf(pair), `the cluster refuses "${text}" as a namespace; use lower-case letters, digits and "-"`, {
          fixes: asName(text) === "" ? [] : changeTo(manifest, pair.value, asName(text)),
        });
    },
  },
  {
    code: "openjourney/fieldspec-conflict",
    severity: "error",
    title: "a label field at odds with a built-in one",
    host: 'labels name metadata/labels (and with selectors or templates others) by themselves, with create: true; naming the same place with create: false fails: "conflicting fieldspecs".',
    wrong: "labels:\n- pairs:\n    a: b\n  fields:\n  - path: metadata/labels",
    right: "labels:\n- pairs:\n    a: b",
    fix: "remove the field, or add create: true",
    check: conflicts,
  },
  {
    code: "openjourney/fieldspec-path",
    severity: "error",
    title: "a label field without a path",
    host: 'kustomize fails as soon as an object matches: "cannot set or create an empty field name".',
    fix: "add path, such as spec/template/metadata/labels",
    // The schema knows no objects.
    refine: () => undefined,
    check: pathless,
  },
];

/** Without one of two labels of one name. */
function oneLess(manifest: Manifest, pair: Pair, key: string): Fix[] {
  const edit = withoutField(manifest, pair);
  const line = manifest.parsed.document.positionAt(pair.start).line + 1;
  return edit ? [{ title: `Remove "${key}" in line ${line}`, edits: [edit] }] : [];
}

const FIELD_SPEC = ["group", "version", "kind", "create"];

/** The build fails only where there is an object of its group, version and kind, which no field knows by itself. */
function pathless(manifest: Manifest, report: Report): void {
  const { named, allNamed } = buildOf(manifest);
  for (const item of mapsOf(manifest.root, "labels"))
    for (const spec of mapsOf(item, "fields")) {
      const written = pairOf(spec, "path");
      if (written ? textOf(spec, "path") !== "" : !isRead(spec)) continue;
      const isMet =
        (mapOf(fieldOf(item, "pairs"))?.pairs.length ?? 0) > 0 &&
        named.some(({ ids: [id] }) =>
          (["group", "version", "kind"] as const).every((part) => id?.[part] === (textOf(spec, part) || id?.[part])),
        );
      if (!isMet && !allNamed) continue;
      const what = written ? "an empty path" : 'a field without "path"';
      report(
        written ? spotOf(written) : spotIn(spec),
        `${what} fails the build as soon as an object matches; name the field, such as "metadata/labels"`,
        isMet ? {} : { severity: "warning" },
      );
    }
}

/** A misspelt field or one of a wrong type is told by itself, and may be what is missing. */
const isRead = (spec: MapNode): boolean =>
  spec.pairs.every(({ key, value }) => {
    const name = stringOf(key) ?? "";
    if (name === "path" || isNull(value)) return true;
    return FIELD_SPEC.includes(name.toLowerCase()) && (name === "create" || stringOf(value) !== undefined);
  });

/** Places that kustomize adds labels to by itself; a field clashes when it names the same place for the same kinds. */
function conflicts(manifest: Manifest, report: Report): void {
  for (const item of mapsOf(manifest.root, "labels")) {
    if (!pairOf(item, "pairs")) continue;
    const selectors = boolOf(item, "includeSelectors");
    const templates = selectors || boolOf(item, "includeTemplates");
    for (const spec of mapsOf(item, "fields")) {
      const pair = pairOf(spec, "path");
      const path = textOf(spec, "path") ?? "";
      const kind = textOf(spec, "kind") ?? "";
      const taken =
        path === "metadata/labels" ||
        (templates && path === "spec/template/metadata/labels" && WORKLOADS.includes(kind)) ||
        (selectors &&
          path === "spec/selector/matchLabels" &&
          ["Deployment", "ReplicaSet", "DaemonSet"].includes(kind)) ||
        (selectors && path === "spec/selector" && kind === "Service" && textOf(spec, "version") === "v1");
      if (pair && taken && !boolOf(spec, "create"))
        report(
          spotOf(pair),
          `kustomize sets labels at "${path}" by itself, with create: true; the build fails, remove this field`,
          { fixes: removeItem(manifest, spec) },
        );
    }
  }
}

const WORKLOADS = ["Deployment", "ReplicaSet", "DaemonSet"];
