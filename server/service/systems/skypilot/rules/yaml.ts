// What PyYAML refuses although it is good YAML 1.2: several documents, tags, keys that are maps, odd characters, values
// that look like numbers or dates and are none. The server doesn't start on any of these.

import { isBroken } from "../../../schema/broken.js";
import { deref, eachNode, type Node, type Pair, type ScalarNode, spanOf } from "../../../text/node.js";
import { isMergeKey } from "../../../text/reading.js";
import { quotesFor, unknownAliases } from "../../aliases.js";
import { isNoUtf8 } from "../../encoding.js";
import type { Manifest, Report, Rule } from "../../system.js";

const HOST =
  "The server reads the file with PyYAML's safe loader at start; it doesn't start on a file that PyYAML refuses.";

export const yamlRules: readonly Rule[] = [
  {
    code: "skypilot/several-documents",
    severity: "error",
    title: "the file holds more than one YAML document",
    host: 'PyYAML expects a single document and refuses the file; the server doesn\'t start. A second "---" is enough, even with nothing after it.',
    wrong: "plugins: []\n---\nplugins: []\n",
    right: "plugins: []\n",
    fix: "keep one document in the file",
    check: severalDocuments,
  },
  {
    code: "skypilot/custom-tag",
    each: true,
    severity: "error",
    title: "a tag that PyYAML's safe loader doesn't know",
    host: `${HOST} It knows the tags of YAML itself (!!str, !!int, !!set, …) and nothing else, no !!python/… either.`,
    wrong: "plugins:\n- class: !env PLUGIN_CLASS\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "remove the tag and write the value itself",
    check: (manifest, report) => eachOf(manifest, (node) => customTag(node, manifest, report)),
  },
  {
    code: "skypilot/unhashable-key",
    each: true,
    severity: "error",
    title: "a map or list as a key",
    host: `${HOST} A key that is a map or a list is "unhashable" to Python; that is what an unquoted {{ template }} becomes.`,
    wrong: "plugins:\n- class: {{ plugin_class }}\n",
    right: 'plugins:\n- class: "{{ plugin_class }}"\n',
    fix: "put the template in quotes, or render it before the server reads the file",
    check: (manifest, report) => eachOf(manifest, (node) => unhashableKeys(node, manifest, report)),
  },
  {
    code: "skypilot/control-character",
    severity: "error",
    title: "a character that YAML doesn't allow, or bytes that are none",
    host: `${HOST} Control characters other than tab and line ends are refused anywhere, comments included; and so are bytes that aren't UTF-8.`,
    fix: "remove the character; inside double quotes it can be written as an escape",
    check: controlCharacters,
  },
  {
    code: "skypilot/unreadable-value",
    each: true,
    severity: "error",
    title: "a value that PyYAML takes for something it then can't build",
    host: `${HOST} A date that doesn't exist, "0x_", a lone "=" and a plain "<<" as a value are recognised by their looks and then fail.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    since: 2025-02-30\n",
    right: 'plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    since: "2025-02-30"\n',
    fix: "put the value in quotes",
    check: (manifest, report) => eachOf(manifest, (node) => unreadable(node, manifest, report)),
  },
  {
    code: "skypilot/merge-refused",
    each: true,
    severity: "error",
    title: "a merge key whose value is no map",
    host: `${HOST} "<<" takes a map or a list of maps, mostly as aliases.`,
    wrong: "plugins:\n- <<: defaults\n  class: my_plugin.MyPlugin\n",
    right: "plugins:\n- <<: *defaults\n  class: my_plugin.MyPlugin\n",
    fix: "give it an alias of a map, such as *defaults",
    check: (manifest, report) => eachOf(manifest, (node) => refusedMerges(node, manifest, report)),
  },
  {
    code: "skypilot/unknown-alias",
    each: true,
    severity: "error",
    title: "an alias without its anchor",
    host: `${HOST} An alias must come after the anchor (&name) that it stands for.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n  parameters: *defaults\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n  parameters: &defaults {}\n",
    fix: "write the anchor before it, or put text that begins with * in quotes",
    check: unknownAlias,
  },
];

function severalDocuments({ parsed }: Manifest, report: Report): void {
  const [, second] = parsed.tree.documents;
  if (!second) return;
  const marker = /^---/m.exec(parsed.text.slice(second.start));
  const start = second.start + (marker?.index ?? 0);
  const end = marker ? start + 3 : Math.max(start + 1, second.end);
  report(
    [start, Math.min(end, parsed.text.length)],
    "a second document begins here; the server takes a file with one document only and doesn't start, remove the \"---\" and what doesn't belong to the first",
  );
}

/** Every node of the first document. */
function eachOf({ root, parsed }: Manifest, visit: (node: Node) => void): void {
  if (root && parsed.syntax === "yaml") eachNode(root, visit);
}

const YAML_TAG = "tag:yaml.org,2002:";
const SCALAR_TAGS = ["str", "int", "float", "bool", "null", "binary", "timestamp"];
const MAP_TAGS = ["map", "set"];
const LIST_TAGS = ["seq", "omap", "pairs"];

function customTag(node: Node, { parsed }: Manifest, report: Report): void {
  if (node.kind === "alias" || node.tag === undefined || node.tag === "!") return;
  const name = node.tag.startsWith(YAML_TAG) ? node.tag.slice(YAML_TAG.length) : undefined;
  const known = node.kind === "scalar" ? SCALAR_TAGS : node.kind === "map" ? MAP_TAGS : LIST_TAGS;
  if (name !== undefined && known.includes(name) && fits(name, node)) return;
  const before = parsed.text.slice(Math.max(0, node.start - 400), node.start);
  const at = before.search(/![^\s,[\]{}]*\s*(&\S+\s*)?$/);
  const start = at < 0 ? node.start : node.start - (before.length - at);
  const written = at < 0 ? node.tag : (/^\S+/.exec(before.slice(at))?.[0] ?? node.tag);
  const span = at < 0 ? spanOf(node) : ([start, start + written.length] as const);
  const why =
    name !== undefined && known.includes(name) ? "does not fit this value" : "is unknown to the server's reader";
  const message = `the tag "${written}" ${why}; the server doesn't start, remove the tag`;
  const gap = at < 0 ? undefined : /^\s*/.exec(parsed.text.slice(span[1], node.start))?.[0].length;
  report(
    span,
    message,
    gap === undefined || (node.kind === "scalar" && node.text === "")
      ? {}
      : { fixes: [{ title: `Remove ${written}`, edits: [{ span: [span[0], span[1] + gap], newText: "" }] }] },
  );
}

function fits(name: string, node: Node): boolean {
  if (node.kind !== "scalar") return true;
  if (name === "int") return /^[-+]?(0b[01_]+|0x[\da-fA-F_]+|[\d_]+(:\d+)*)$/.test(node.text);
  if (name === "float") return /^[-+]?(\.?[\d_]+[\d_.:]*([eE][-+]?\d+)?|\.(inf|nan))$/i.test(node.text);
  if (name === "bool") return /^(yes|no|true|false|on|off)$/i.test(node.text);
  if (name === "timestamp") return /^\d{4}-\d\d?-\d\d?/.test(node.text);
  return true;
}

function unhashableKeys(node: Node, manifest: Manifest, report: Report): void {
  const { parsed } = manifest;
  if (node.kind !== "map") return;
  for (const pair of node.pairs) {
    const key = pair.key && deref(pair.key);
    if (!pair.key || !key || key.kind === "scalar") continue;
    const template = templateAround(node, pair, parsed.text);
    if (template) {
      const text = parsed.text.slice(...template);
      const fixes = text.includes('"')
        ? []
        : [{ title: `Put ${text} in quotes`, edits: [{ span: template, newText: `"${text}"` }] }];
      report(
        template,
        `"${text}" is a map with a map for its key here, not text, and the server doesn't start; put the template in quotes or render it first`,
        { fixes },
      );
      // Where a comma is missing, the item before the gap reads as a key.
    } else if (!isBroken(manifest, pair.key))
      report(pair.key, "a map or list can't be a key; the server doesn't start, write a plain key");
  }
}

/** `{{ x }}` reads as a flow map whose key is a flow map. */
function templateAround(map: Node, pair: Pair, text: string): readonly [number, number] | undefined {
  const from = map.kind === "map" && map.flow ? map.start : pair.key?.start;
  const to = map.kind === "map" && map.flow ? map.end : pair.key?.end;
  if (from === undefined || to === undefined) return undefined;
  return /^\{\{[^\n]*\}\}$/.test(text.slice(from, to)) ? [from, to] : undefined;
}

// What PyYAML's reader lets through: tab, line ends, and everything printable.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what the rule is about
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

function controlCharacters({ parsed, workspace }: Manifest, report: Report): void {
  if (parsed.source.count("\ufffd") > 0 && isNoUtf8(workspace.files, parsed.path, parsed.text)) {
    const at = parsed.text.indexOf("\ufffd");
    report([at, at + 1], "these bytes are no UTF-8, and the server doesn't start on them; save the file as UTF-8");
  }
  if (!parsed.source.has(CONTROL)) return;
  const at = parsed.text.search(CONTROL);
  const letter = parsed.text.charAt(at);
  const code = letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const meant = WINDOWS[letter];
  if (meant) {
    const edits = [...parsed.text.matchAll(/[\u0091-\u0094]/g)].map(({ index, 0: one }) => ({
      span: [index, index + 1] as const,
      newText: WINDOWS[one] ?? one,
    }));
    const message = `U+${code} is a quote of Windows' own and not allowed in YAML; the server doesn't start, write ${meant}`;
    report([at, at + 1], message, { fixes: [{ title: "Write straight quotes", edits, safe: true }] });
    return;
  }
  report([at, at + 1], `the character U+${code} is not allowed in YAML; the server doesn't start, remove it`, {
    fixes: [{ title: `Remove U+${code}`, edits: [{ span: [at, at + 1], newText: "" }] }],
  });
}

/** Typographic quotes as Windows-1252 has them, read as Latin-1. */
const WINDOWS: Readonly<Record<string, string>> = { "\u0091": "'", "\u0092": "'", "\u0093": '"', "\u0094": '"' };

function unreadable(node: Node, manifest: Manifest, report: Report): void {
  if (node.kind === "map") {
    // As a key, "=" and "<<" have their own meaning; a date that doesn't exist fails there too.
    for (const { key, value } of node.pairs) {
      if (key?.kind === "scalar" && isNoDate(key)) report(key, unreadableWords(key));
      if (key?.kind === "scalar" && key.end === key.start && manifest.parsed.text.charAt(key.start) === ":")
        report(
          [key.start, key.start + 1],
          "there is no key before this colon; PyYAML refuses the file and the server doesn't start, write the key",
        );
      if (value?.kind === "scalar") judge(value);
    }
  } else if (node.kind === "list") {
    for (const item of node.items) if (item?.kind === "scalar") judge(item);
  } else if (node === manifest.root && node.kind === "scalar") judge(node);

  function judge(scalar: ScalarNode): void {
    if (scalar.style !== "plain" || scalar.tag !== undefined) return;
    if (!/^(=|<<|[-+]?0[xb]_+)$/.test(scalar.text) && !isNoDate(scalar)) return;
    report(scalar, unreadableWords(scalar), {
      fixes: [
        {
          title: `Put ${scalar.text} in quotes`,
          edits: [{ span: spanOf(scalar), newText: `"${scalar.text}"` }],
          safe: true,
        },
      ],
    });
  }
}

const unreadableWords = ({ text }: ScalarNode): string =>
  `PyYAML takes "${text}" for something else than text and then can't build it; the server doesn't start, put it in quotes`;

function isNoDate({ text, style, tag }: ScalarNode): boolean {
  if (style !== "plain" || tag !== undefined) return false;
  const short = /^\d{4}-\d\d-\d\d$/.test(text);
  const long =
    /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/.exec(text);
  if (!short && !long) return false;
  const [year = 0, month = 0, day = 0] = text.split(/[-Tt \t]+/).map(Number);
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const isDate = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
  const isTime = !long || (Number(long[1]) < 24 && Number(long[2]) < 60 && Number(long[3]) < 60);
  return !isDate || !isTime;
}

function refusedMerges(node: Node, _manifest: Manifest, report: Report): void {
  if (node.kind !== "map") return;
  for (const pair of node.pairs) {
    if (!isMergeKey(pair)) continue;
    const value = pair.value && deref(pair.value);
    if (pair.value?.kind === "alias" && !value) continue;
    if (value?.kind === "map") continue;
    if (
      value?.kind === "list" &&
      value.items.every((item) => !item || deref(item)?.kind === "map" || item.kind === "alias")
    )
      continue;
    const place = pair.value && pair.value.end > pair.value.start ? pair.value : pair.key;
    if (place)
      report(
        place,
        '"<<" takes a map or a list of maps; the server doesn\'t start on this, give it an alias such as *defaults',
      );
  }
}

function unknownAlias(manifest: Manifest, report: Report): void {
  for (const alias of unknownAliases(manifest))
    report(
      alias,
      `there is no anchor "&${alias.name}" before this alias; the server doesn't start, write the anchor or put the text in quotes`,
      { fixes: quotesFor(alias) },
    );
}
