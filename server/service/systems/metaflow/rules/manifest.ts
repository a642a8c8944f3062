// Rules about the keys of manifest.json that the schema can't see: what the page needs beyond the service, and keys that
// have no effect together.

import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap, asString, asValue, field } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addKey, isBroken } from "../edits.js";
import { sandboxesOf } from "../facts.js";
import { CONTAINERS, isOneOf, SLOTS } from "../words.js";
import { wrappedManifest } from "../wrapped.js";
import { misspeltFor } from "./misspelt.js";

export const manifestRules: readonly Rule[] = [
  {
    code: "metaflow/slot-missing",
    severity: "warning",
    title: "no slot: the page never shows the plugin",
    host: "The service (2.5.1) lists the plugin without a slot, and the guide's minimal manifest has none, but today's page (1.3.14) shows a plugin only in one of four slots. Without one it writes a warning to the browser's console and nothing else.",
    wrong: '{ "name": "run-notes", "version": "1.0.0", "entrypoint": "index.html" }',
    right: '{ "name": "run-notes", "version": "1.0.0", "entrypoint": "index.html", "slot": "run-header" }',
    fix: "add slot with one of task-details, run-header, header, top-nav",
    documents: ["manifest"],
    check: slotMissing,
  },
  {
    code: "metaflow/container-props-ignored",
    severity: "warning",
    title: "containerProps without the collapsable container",
    host: "The page reads containerProps only with the collapsable container, which is the default and stands for any unknown value.",
    wrong: '{ "container": "none", "containerProps": { "initialState": true } }',
    right: '{ "container": "collapsable", "containerProps": { "initialState": true } }',
    fix: "remove containerProps, or use the collapsable container",
    documents: ["manifest"],
    check: containerProps,
  },
  {
    code: "metaflow/title-ignored",
    severity: "warning",
    title: "containerProps.title has no effect",
    host: "The header always bears the plugin's name; a title in containerProps is overridden by it.",
    fix: "remove title; change the plugin's name if the header should read differently",
    documents: ["manifest"],
    check: title,
  },
  {
    code: "metaflow/height-ignored",
    severity: "warning",
    title: "height without the sticky container",
    host: "Only the sticky container reads height. A plugin sets its frame's height itself, by the message PluginHeightCheck.",
    wrong: '{ "container": "titled-container", "height": 48 }',
    right: '{ "container": "sticky", "height": 48 }',
    fix: 'remove height and call setHeight() in the plugin, or write "container": "sticky"',
    documents: ["manifest"],
    check: height,
  },
  {
    code: "metaflow/styles-unreachable",
    severity: "information",
    title: "useApplicationStyles needs allow-same-origin",
    host: "The page can put its style sheet into the frame only if its document is reachable, that is with allow-same-origin in the entry's parameters.sandbox. By default it isn't, whatever stands in the manifest.",
    fix: "ship styles of your own, or have allow-same-origin set and weigh that the plugin then can leave its sandbox",
    documents: ["manifest"],
    check: styles,
  },
  {
    code: "metaflow/sandbox-in-manifest",
    severity: "warning",
    title: "sandbox stands in the manifest",
    host: "The page takes sandbox tokens from parameters.sandbox of the PLUGINS entry; a sandbox key of the manifest has no effect.",
    fix: "move the tokens to parameters.sandbox of the plugin's entry in PLUGINS",
    documents: ["manifest"],
    check: sandbox,
  },
];

function slotMissing(manifest: Manifest, report: Report): void {
  const map = asMap(manifest.root);
  if (!map || isBroken(manifest) || field(map, "slot", manifest)) return;
  if (misspeltFor(map, "slot") || wrappedManifest(map)) return;
  const fixes: Fix[] = SLOTS.map((slot) => ({
    title: `Add "slot": "${slot}"`,
    edits: [addKey(manifest, map, "slot", JSON.stringify(slot))],
  }));
  report(
    map.pairs[0]?.key ?? [map.start, map.start + 1],
    `"slot" is missing; the service lists the plugin, but today's page never shows one without, add one of ${SLOTS.join(", ")}`,
    { fixes },
  );
}

function containerProps(manifest: Manifest, report: Report): void {
  const props = field(manifest.root, "containerProps", manifest);
  const container = textOf("container", manifest);
  if (!props?.key || container === "collapsable" || !isOneOf(CONTAINERS, container)) return;
  const node = field(manifest.root, "container", manifest)?.value;
  report(props.key, `"containerProps" has no effect with the container "${container}", only with "collapsable"`, {
    fixes: [...removeField(manifest, props), ...changeTo(manifest, node, "collapsable")],
  });
}

function title(manifest: Manifest, report: Report): void {
  const pair = field(field(manifest.root, "containerProps", manifest)?.value, "title", manifest);
  if (!pair?.key) return;
  report(pair.key, `"title" has no effect: the header always shows the plugin's "name"`, {
    fixes: removeField(manifest, pair),
  });
}

function height(manifest: Manifest, report: Report): void {
  const pair = field(manifest.root, "height", manifest);
  if (!pair?.key || textOf("container", manifest) === "sticky") return;
  const container = field(manifest.root, "container", manifest)?.value;
  report(pair.key, `"height" has an effect only with the container "sticky"; call setHeight() in the plugin instead`, {
    fixes: [...removeField(manifest, pair), ...changeTo(manifest, container, "sticky")],
  });
}

function styles(manifest: Manifest, report: Report): void {
  const pair = field(manifest.root, "useApplicationStyles", manifest);
  if (!pair?.value || asValue(pair.value, manifest) !== true) return;
  const same = allowsSameOrigin(manifest);
  if (same === true) return;
  const message = `the page's styles reach the plugin only with "allow-same-origin" in parameters.sandbox of its PLUGINS entry`;
  const fixes = removeField(manifest, pair);
  if (same === undefined) report(pair.value, message, { fixes });
  else report(pair.value, `${message}, and its entry has none`, { severity: "warning", fixes });
}

/** By the PLUGINS values of the workspace that name this plugin's folder; undefined when none does or they disagree. */
export function allowsSameOrigin(manifest: Manifest): boolean | undefined {
  const answers = new Set(sandboxesOf(manifest).map((sandbox) => /(^|\s)allow-same-origin(\s|$)/i.test(sandbox)));
  const [answer] = answers;
  return answers.size === 1 ? answer : undefined;
}

function sandbox(manifest: Manifest, report: Report): void {
  const pair = field(manifest.root, "sandbox", manifest);
  if (!pair?.key) return;
  report(
    pair.key,
    `"sandbox" has no effect in the manifest; the page reads "parameters.sandbox" of the PLUGINS entry`,
    {
      fixes: removeField(manifest, pair),
    },
  );
}

function textOf(key: string, manifest: Manifest): string | undefined {
  return asString(field(manifest.root, key, manifest)?.value, manifest);
}
