// The document as a whole: what YAML lets pass but kustomize doesn't, emptiness, case of field names, fields of later
// releases. Unknown fields and wrong types are the schema's business.

import { unreadStart } from "../../../text/go/document.js";
import { deref, type Node, type Pair, spanOf } from "../../../text/node.js";
import { isMergeKey } from "../../../text/reading.js";
import { plainValue, scalarValue } from "../../../text/readings.js";
import { remember } from "../../../text/remember.js";
import { isNoUtf8 } from "../../encoding.js";
import type { Fix } from "../../problem.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addResources } from "../fixes/entries.js";
import { entriesIn } from "../fixes/kustomization.js";
import { lineEnd } from "../fixes/lines.js";
import { isBare } from "../model/empty.js";
import { CONTROL, codeOf } from "../model/objects.js";
import { spanIn } from "../model/patchEntry.js";
import { patchesThatAre } from "../model/patchesByKind.js";
import { fieldOf, isNull, mapsOf, pairOf, READING } from "../model/reading.js";
import { unusualCase } from "./fieldCase.js";
import { startOf } from "./paths.js";
import { isTemplate } from "./shape.js";

export const documentRules: readonly Rule[] = [
  {
    code: "openjourney/yaml-syntax",
    severity: "error",
    title: "YAML that kustomize can't read",
    host: "kustomize decodes the file as YAML 1.1 into JSON: a %YAML 1.2 directive, a list or map as key, .inf, .nan, unknown anchors and bytes that are no UTF-8 fail the build.",
    wrong: "%YAML 1.2\n---\nresources: []",
    right: "resources: []",
    fix: "write it without the thing that is marked",
    check: unreadable,
  },
  {
    code: "openjourney/yaml11-key",
    severity: "error",
    title: "a key of a string map is read as a boolean or number",
    host: 'on, yes, off, no, y, n and plain numbers as keys become booleans and numbers; kustomize then can\'t write the objects: "unsupported type".',
    wrong: "commonAnnotations:\n  on: push",
    right: 'commonAnnotations:\n  "on": push',
    fix: "put the key in quotes",
    check: wrongKeys,
  },
  {
    code: "openjourney/field-case",
    each: true,
    severity: "information",
    title: "a field name in unusual case",
    host: "kustomize matches field names without regard to case, so this works; other tools and schemas don't. In `options` of patches and in `openapi` it wants the exact name, and ignores others.",
    wrong: "Resources: []",
    right: "resources: []",
    fix: "write the name as kustomize documents it",
    check: unusualCase,
  },
  {
    code: "openjourney/multi-document",
    severity: "warning",
    title: "a second document in a kustomization file",
    host: "kustomize reads the first document only; the rest is not even parsed.",
    wrong: "resources: []\n---\nnamePrefix: a-",
    right: "resources: []\nnamePrefix: a-",
    fix: "move the content into the first document or into a file of its own",
    check(manifest, report) {
      const [first, ...others] = manifest.parsed.tree.documents;
      for (const { entry, reading } of patchesThatAre(manifest, "operations")) {
        const next = reading.more ? reading.parsed.tree.documents[1]?.root : undefined;
        if (next)
          report(
            spanIn(entry, [next.start, next.start + 1]),
            "of a JSON patch kustomize reads only the first document; move these operations there",
          );
      }
      const unread = unreadStart(manifest.parsed);
      if (unread !== undefined)
        report(
          [unread, lineEnd(manifest.parsed.text, unread)],
          "kustomize reads the document up to here only, and what follows is lost; indent it like the lines above, or remove what ends the document",
        );
      const second = others.find(({ root }) => root && !isNull(root))?.root;
      if (!second || (isNull(first?.root) && !first?.root)) return;
      const key = second.kind === "map" ? second.pairs[0]?.key : undefined;
      report(
        key ?? { start: second.start, end: second.start + 1 },
        "kustomize reads only the first document; what follows is lost, move it there",
      );
    },
  },
  {
    code: "openjourney/empty-kustomization",
    severity: "error",
    title: "the kustomization is empty",
    host: 'Since 5.1 kustomize fails with "kustomization.yaml is empty" when nothing but apiVersion, kind and zero values is written. An empty list counts as content.',
    wrong: "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization",
    right: "kind: Kustomization\nresources: []",
    fix: "add a field such as resources, with the manifests of the folder",
    check(manifest, report) {
      const { root, parsed, folder, workspace } = manifest;
      if (!isEmpty(manifest)) return;
      // Below the comments of a file that holds nothing else, so that a suppression comment can stand above it.
      const last = parsed.text.trimEnd().lastIndexOf("\n") + 1;
      const spot =
        root?.kind === "map" ? startOf(manifest) : { start: last, end: Math.min(last + 1, parsed.text.length) };
      const isOnly = folder !== undefined && parsed.tree.documents.length < 2;
      report(spot, 'kustomize refuses this file as empty; add a field such as "resources"', {
        fixes: isOnly ? addResources(manifest, entriesIn(folder, workspace.files)) : [],
      });
    },
  },
  {
    code: "openjourney/field-too-new",
    severity: "error",
    title: "a field of a later kustomize release",
    host: "kustomize 5.5.0 (kubectl 1.32) refuses the field as unknown; a later release has it.",
    wrong: "replacements:\n- sourceValue: a",
    fix: "leave the field out, or build with a release that has it",
    check(manifest, report) {
      for (const { list, name, since } of LATER) {
        for (const item of mapsOf(manifest.root, list)) {
          const pair = pairOf(item, name);
          if (pair?.key)
            report(
              pair.key,
              `"${name}" needs kustomize ${since}; 5.5.0 (kubectl 1.32) refuses it as unknown, leave it out`,
              // A replacement without its value is none.
              { fixes: name === "sourceValue" ? [] : removeField(manifest, pair) },
            );
        }
      }
    },
  },
];

const LATER = [
  { list: "replacements", name: "sourceValue", since: "5.7.0 or later" },
  { list: "helmCharts", name: "devel", since: "5.7.0 or later" },
  { list: "labels", name: "includeVolumeClaimTemplates", since: "later than 5.8.1" },
] as const;

/** Whether kustomize refuses it as empty. */
export function isEmpty({ root, parsed }: Manifest): boolean {
  const map = root && deref(root);
  if (parsed.tree.problems.length > 0 || (map?.kind !== "map" && !isNull(map))) return false;
  return isBare(map);
}

function unreadable(manifest: Manifest, report: Report): void {
  const { parsed, root, workspace } = manifest;
  if (parsed.source.count("\ufffd") > 0 && isNoUtf8(workspace.files, parsed.path, parsed.text)) {
    const at = parsed.text.indexOf("\ufffd");
    report([at, at + 1], "these bytes are no UTF-8, and kustomize refuses the file; save it with that encoding");
  }
  const directive = parsed.source.count("%YAML") > 0 ? /^%YAML[ \t]+(\S+)/m.exec(parsed.text) : null;
  if (directive && directive[1] !== "1.1" && (root === undefined || directive.index < root.start)) {
    const span = [directive.index, directive.index + directive[0].length] as const;
    const fixes: Fix[] = [{ title: "Remove the directive", edits: [{ span, newText: "" }] }];
    report(span, "kustomize reads YAML 1.1 and refuses this directive; remove it", { fixes });
  }
  const control = parsed.source.has(CONTROL) ? CONTROL.exec(parsed.text) : null;
  if (control) {
    const span = [control.index, control.index + 1] as const;
    report(span, `kustomize refuses the control character ${codeOf(control[0])}; remove it`, {
      fixes: [{ title: `Remove ${codeOf(control[0])}`, edits: [{ span, newText: "" }] }],
    });
  }
  if (root) eachUnreadable(root, report, (item) => !isReadable(item));
}

type Tell = (where: { readonly start: number; readonly end: number }, words: string) => void;

/** An item that was fine is so as long as it stands there. */
const isReadable = remember((item: Node): boolean => {
  let count = 0;
  eachUnreadable(item, () => count++);
  return count === 0;
});

/** What kustomize can't decode in a node and below; items that needn't be looked into are left out. */
function eachUnreadable(root: Node, tell: Tell, isDoubtful: (item: Node) => boolean = () => true): void {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === "alias") {
      if (!node.target) tell(node, `there is no anchor "${node.name}" before this; kustomize refuses the file`);
    } else if (node.kind === "list") {
      for (const item of node.items) if (item && isDoubtful(item)) open.push(item);
    } else if (node.kind === "map") {
      for (const pair of node.pairs) {
        if (isMergeKey(pair) && !isMergeable(pair.value))
          tell(
            pair.value && !isNull(pair.value) ? pair.value : pair,
            "kustomize merges only maps into a map; write an alias of one",
          );
        if (pair.key && isOddKey(pair)) {
          const words = isTemplate(node)
            ? "kustomize renders no templates; write the value itself"
            : "kustomize refuses a list, map or null as key; write a name";
          tell(firstOf(pair.key), words);
        }
        if (pair.value) open.push(pair.value);
      }
    } else if (node.style === "plain") {
      const value = /^[-+.\d]/.test(node.text) ? scalarValue(node, READING.dialect) : undefined;
      if (typeof value === "number" && !Number.isFinite(value))
        tell(node, `kustomize can't decode ${node.text}; put it in quotes or write a number`);
    }
  }
}

/** A map, or a list of maps. */
function isMergeable(value: Node | undefined): boolean {
  const target = value && deref(value);
  if (target?.kind === "list") return target.items.every((item) => item && deref(item)?.kind === "map");
  return target?.kind === "map" || value?.kind === "alias";
}

function isOddKey(pair: Pair): boolean {
  const key = pair.key && deref(pair.key);
  if (!key) return false;
  if (key.kind !== "scalar") return true;
  return key.style === "plain" && key.text.length <= "null".length && scalarValue(key, READING.dialect) === null;
}

const firstOf = (node: Node) => (node.kind === "scalar" ? node : { start: node.start, end: node.start + 1 });

/** Maps of strings whose keys end up in objects. */
function wrongKeys(manifest: Manifest, report: Report): void {
  const { root } = manifest;
  const options = ["configMapGenerator", "secretGenerator"].flatMap((field) =>
    mapsOf(root, field).map((item) => fieldOf(item, "options")),
  );
  const maps = [
    fieldOf(root, "commonLabels"),
    fieldOf(root, "commonAnnotations"),
    ...mapsOf(root, "labels").map((item) => fieldOf(item, "pairs")),
    ...[fieldOf(root, "generatorOptions"), ...options].flatMap((one) => [
      fieldOf(one, "labels"),
      fieldOf(one, "annotations"),
    ]),
  ];
  for (const node of maps) {
    const map = node && deref(node);
    if (map?.kind !== "map") continue;
    for (const { key } of map.pairs) {
      if (key?.kind !== "scalar" || key.text === "<<") continue;
      if (!isWritable(key.text)) {
        report(
          key,
          `kustomize writes the key ${key.text} without quotes, reads it as no text and fails at the output; choose another name`,
        );
        continue;
      }
      if (key.style !== "plain") continue;
      const read = plainValue(key.text, READING.dialect);
      if (typeof read !== "boolean") continue;
      const fixes: Fix[] = [
        {
          title: `Put ${key.text} in quotes`,
          edits: [{ span: spanOf(key), newText: JSON.stringify(key.text) }],
          safe: true,
        },
      ];
      report(key, `kustomize reads the key ${key.text} as ${read} and fails at the output; put it in quotes`, {
        fixes,
      });
    }
  }
}

/** Numbers, dates, true and false lose their quotes on the way, so that no quoting helps. */
function isWritable(text: string): boolean {
  if (/^(true|false|True|False|TRUE|FALSE)$/.test(text) || /^\d{4}-\d\d-\d\d$/.test(text)) return false;
  return typeof plainValue(text, READING.dialect) !== "number";
}
