// The shape of the file beyond the schema: what kind of document it is, nulls at the top, and keys that are no text.

import { lineAt } from "../../../text/lines.js";
import { deref, keyText, type Node, type Pair } from "../../../text/node.js";
import { isMergeKey } from "../../../text/reading.js";
import { scalarValue, TIMESTAMP } from "../../../text/readings.js";
import type { Fix } from "../../problem.js";
import { asMap, asScalar, field, placeOf } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { emptyValue, isNull, pluginItems } from "../items.js";
import { bulleted } from "./bullets.js";
import { looseItem } from "./outside.js";

export const shapeRules: readonly Rule[] = [
  {
    code: "skypilot/not-a-map",
    severity: "error",
    title: "the document is no map",
    host: "The server takes a document that is empty, null, [], false, 0 or '' for an empty map. Any other list, text or number stops its start with a bare AttributeError about \"items\".",
    wrong: "- class: my_plugin.MyPlugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: 'put the list under the key "plugins"',
    check: notAMap,
  },
  {
    code: "skypilot/null-plugins",
    severity: "error",
    title: '"plugins" with nothing after it',
    host: "Nulls at the top are dropped before the check, so the file passes; then the loader walks over None and the server doesn't start. In remote_plugins.yaml nothing is sent to the controllers at best.",
    wrong: "plugins:\n",
    right: "plugins: []\n",
    fix: "write [] for no plugins, or list one",
    check: nullPlugins,
  },
  {
    code: "skypilot/null-field",
    each: true,
    severity: "warning",
    title: "a field at the top that has no value",
    host: "The server drops fields with a null value at the top before it checks the file, unknown ones too: the line has no effect. With a value an unknown field stops the start.",
    wrong: "wheel_path:\nplugins: []\n",
    right: "plugins: []\n",
    fix: "remove the line, or correct the name and give it a value",
    check: nullFields,
  },
  {
    code: "skypilot/key-not-text",
    each: true,
    severity: "error",
    title: "a key that PyYAML doesn't read as text",
    host: "PyYAML reads on, yes, 1 and ~ as a boolean, a number and null, as keys too. At the top and in an item the server doesn't start on such a key, even when its value is null; under parameters the plugin's constructor can't be called with it.",
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    on: true\n",
    right: 'plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    "on": true\n',
    fix: "put the key in quotes",
    check: keysNotText,
  },
];

function notAMap(manifest: Manifest, report: Report): void {
  const { root, parsed } = manifest;
  const target = root && deref(root);
  if (!root || !target || target.kind === "map") return;
  // Not asked for before: the value of a long file takes long to make.
  const { value } = manifest;
  if (value === null || value === false || value === 0 || value === "") return;
  if (Array.isArray(value) && value.length === 0) return;
  // While the first key is typed the document is one word; the syntax already says what is missing when it has no ":".
  const found = target.kind === "list" ? "a list" : "a single value";
  const end = target.kind === "list" ? Math.min(parsed.text.length, target.start + 1) : target.end;
  report(
    [target.start, end],
    `the server wants a map with "plugins" here and doesn't start on ${found}; put the list of plugins under "plugins:"`,
    { fixes: underPlugins(manifest, target) },
  );
}

/** The key that the list lacks, where all its items are plugins. */
function underPlugins(manifest: Manifest, list: Node): Fix[] {
  const { parsed } = manifest;
  if (list.kind !== "list" || list.flow || parsed.syntax !== "yaml" || parsed.tree.problems.length > 0) return [];
  const [start] = lineAt(parsed.text, list.start);
  const isPlain =
    list.items.every((item) => field(item, "class", manifest)) && /^ *$/.test(parsed.text.slice(start, list.start));
  return isPlain
    ? [{ title: 'Put "plugins:" above', edits: [{ span: [start, start], newText: "plugins:\n" }], safe: true }]
    : [];
}

function nullPlugins(manifest: Manifest, report: Report): void {
  const pair = field(manifest.root, "plugins", manifest);
  // An item that lost its dash, or has another sign for it, is told itself.
  if (!pair || !isNull(pair.value, manifest) || looseItem(manifest) || bulleted(manifest).length > 0) return;
  if (isStarred(pair, manifest)) return;
  const isRemote = manifest.kind.id === "remote-plugins";
  const message = isRemote
    ? '"plugins" has no value, so the controllers get no plugins; write [] for none, or list one'
    : '"plugins" has no value: it passes the check and then stops the server\'s start; write [] for none, or list one';
  report(placeOf(pair), message, {
    ...(isRemote && { severity: "warning" }),
    fixes: isFollowed(pair, manifest)
      ? []
      : [{ title: "Write [] for no plugins", edits: [emptyValue(pair, "[]", manifest)] }],
  });
}

/** `* class: my_plugin.MyPlugin` below it, which YAML can't read. */
const isStarred = ({ key }: Pair, { parsed }: Manifest): boolean =>
  /^["']?[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n[ \t]*\*[ \t]/.test(parsed.text.slice(key?.end ?? 0));

/** Something stands behind the key that YAML can't read as its value. */
function isFollowed({ key, value }: Pair, { parsed }: Manifest): boolean {
  const line = /^[^\r\n]*/.exec(parsed.text.slice(key?.end ?? 0))?.[0] ?? "";
  return (!value || value.end === value.start) && !/^["']?\s*:?\s*(#.*)?$/.test(line);
}

const KNOWN = new Set(["plugins", "controller_wheel_path"]);

function nullFields(manifest: Manifest, report: Report): void {
  const isRemote = manifest.kind.id === "remote-plugins";
  for (const pair of asMap(manifest.root)?.pairs ?? []) {
    const name = keyText(pair);
    if (name === undefined || !pair.key || isMergeKey(pair) || !isNull(pair.value, manifest)) continue;
    if (typeof keyValue(pair, manifest) !== "string") continue;
    if (KNOWN.has(name) && !(isRemote && name === "controller_wheel_path")) continue;
    report(
      pair.key,
      `"${name}" is no field of this file; without a value the server drops it silently, with one it wouldn't start, remove it`,
      { fixes: removeField(manifest, pair) },
    );
  }
}

/** What the host reads a key as; text for keys that are maps or lists, which another rule reports. */
function keyValue(pair: Pair, { kind }: Manifest): ReturnType<typeof scalarValue> {
  const key = asScalar(pair.key);
  return key ? scalarValue(key, kind.reading.dialect) : "";
}

function keysNotText(manifest: Manifest, report: Report): void {
  if (manifest.parsed.syntax === "json") return;
  // With a value, the schema reports such a key as an unknown field.
  for (const pair of asMap(manifest.root)?.pairs ?? []) {
    if (isNull(pair.value, manifest)) oddKey(pair, "passes the check only to stop the server's start");
  }
  for (const { parameters } of pluginItems(manifest)) {
    for (const pair of asMap(parameters?.value)?.pairs ?? [])
      oddKey(pair, "can't name an argument of the constructor, so the server doesn't start");
  }

  function oddKey(pair: Pair, effect: string): void {
    const key: Node | undefined = pair.key;
    if (key?.kind !== "scalar" || isMergeKey(pair)) return;
    // A colon without any key before it is refused as such.
    if (key.end === key.start && manifest.parsed.text.charAt(key.start) === ":") return;
    const value = keyValue(pair, manifest);
    if (typeof value === "string") return;
    const shown = key.text === "" ? "an empty key" : `the key "${key.text}"`;
    report(
      key.end > key.start ? key : pair,
      `PyYAML reads ${shown} as ${kindOf(value)}, which ${effect}; put it in quotes`,
      {
        fixes:
          key.text === ""
            ? []
            : [
                {
                  title: `Put ${key.text} in quotes`,
                  edits: [{ span: [key.start, key.end], newText: `"${key.text}"` }],
                  safe: true,
                },
              ],
      },
    );
  }
}

function kindOf(value: ReturnType<typeof scalarValue>): string {
  if (value === null) return "null";
  if (value === TIMESTAMP) return "a date";
  return typeof value === "boolean" ? "a boolean" : "a number";
}
