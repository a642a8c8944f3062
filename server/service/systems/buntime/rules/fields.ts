// Rules about keys of the manifest: near misses of known fields, and fields of the time before manifest.yaml.
// Other unknown keys are legal, since they are the plugin's own configuration.

import { keyText, type Pair } from "../../../text/node.js";
import { addField } from "../../addition.js";
import { changeTo, rewrite } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { asMap, asScalar, asString, asValue, field } from "../../read.js";
import type { Manifest, Misfit, Report, Rule } from "../../system.js";
import { ownName } from "../ownNames.js";
import { looksLikeApp } from "../recognise.js";
import { nearField } from "../spelling.js";
import { topField } from "../tree.js";
import { lackOfEntry } from "./entry.js";

export const fieldRules: readonly Rule[] = [
  {
    code: "buntime/misspelt-field",
    severity: "warning",
    title: "a key that is nearly a known field",
    host: "Unknown keys are legal and go to the plugin as its configuration, so a misspelt field is ignored without a word. Without a name, or without `pluginEntry` where no other entry stands beside the manifest, the host ignores the folder: an error.",
    wrong: "pluginentry: dist/plugin.js",
    right: "pluginEntry: dist/plugin.js",
    fix: "correct the key",
    check: (manifest, report) => {
      checkSpelling(manifest, report);
      checkOpposite(manifest, report);
    },
  },
  {
    code: "buntime/old-field",
    severity: "hint",
    title: "a field that no released host reads",
    host: "`mountPath` became `base`, the `fragment` block an `entrypoint` that ends in .html, and `priority` gave way to dependencies, all before the first release. Hosts hand these keys to the plugin's code as configuration.",
    wrong: "mountPath: /notes",
    right: "base: /notes",
    fix: "use the field that took its place",
    check: checkOld,
  },
];

function checkSpelling(manifest: Manifest, report: Report): void {
  const map = asMap(manifest.root);
  if (!map) return;
  const written = new Set(map.pairs.map(keyText));
  for (const { key } of map.pairs) {
    const scalar = asScalar(key);
    const near = scalar && nearField(scalar.text);
    if (!key || !scalar || !near) continue;
    if (written.has(near.name)) continue;
    const loss = near.sure ? lossOf(near.name, manifest) : undefined;
    const taken = `the host takes "${scalar.text}" for configuration of your code`;
    report(scalar, `${taken}${loss ? ` and ${loss}` : ""}; did you mean "${near.name}"?`, {
      severity: loss ? "error" : near.sure ? "warning" : "information",
      fixes: changeTo(manifest, scalar, near.name),
    });
  }
}

/** What becomes of a plugin without the field, where it doesn't load. */
function lossOf(field: string, manifest: Manifest): string | undefined {
  if (field === "name") return "ignores the folder, which has no name";
  return field === "pluginEntry" && lackOfEntry(manifest) === "error" ? "finds no entry in this folder" : undefined;
}

/** A name that is there under another key is told at that key. */
export function refineMissing(manifest: Manifest, { name, place, problem }: Misfit): Problem | undefined {
  const isMisspelt = asMap(place.node)?.pairs.some((pair) => {
    const near = nearField(keyText(pair) ?? "");
    return near?.sure && near.name === name;
  });
  if (isMisspelt && place.node === manifest.root) return undefined;
  const keys = new Set(asMap(manifest.root)?.pairs.map(keyText));
  const isAboutName = name === "name" && place.node === manifest.root && !looksLikeApp(keys);
  const own = isAboutName ? ownName(manifest) : undefined;
  return own === undefined || problem.fixes?.length
    ? problem
    : { ...problem, fixes: addField(manifest, asMap(manifest.root), "name", own) };
}

/** The opposite of a field; the code may mean something else by it. */
function checkOpposite(manifest: Manifest, report: Report): void {
  const disabled = topField(manifest, "disabled");
  const key = asScalar(disabled?.key);
  const value = asScalar(disabled?.value);
  if (!key || !value || topField(manifest, "enabled") || asValue(value, manifest) !== true) return;
  const edit = rewrite(manifest, key, "enabled");
  report(key, 'the host knows no "disabled" and loads this plugin; write "enabled: false" to switch it off', {
    severity: "information",
    fixes: edit
      ? [{ title: 'Change to "enabled: false"', edits: [edit, { span: [value.start, value.end], newText: "false" }] }]
      : [],
  });
}

function checkOld(manifest: Manifest, report: Report): void {
  const mountPath = topField(manifest, "mountPath");
  if (mountPath?.key) {
    const fixes = topField(manifest, "base") ? removed(manifest, mountPath) : changeTo(manifest, mountPath.key, "base");
    const severity = topField(manifest, "base") ? "hint" : "warning";
    report(mountPath.key, 'no released host reads "mountPath"; write "base"', {
      tags: ["deprecated"],
      severity,
      fixes,
    });
  }
  const fragment = topField(manifest, "fragment");
  if (fragment?.key && asMap(fragment.value)) {
    const page = asString(field(fragment.value, "entrypoint", manifest)?.value, manifest);
    const like = page?.endsWith(".html") ? page : "dist/client/index.html";
    report(fragment.key, `no released host reads "fragment"; name the page in "entrypoint", such as "${like}"`, {
      tags: ["deprecated"],
      fixes: like === page ? asEntrypoint(manifest, fragment, page) : [],
    });
  }
  const priority = topField(manifest, "priority");
  if (priority?.key)
    report(
      priority.key,
      'no released host reads "priority"; the order follows "dependencies" and "optionalDependencies"',
      {
        tags: ["deprecated"],
        fixes: removed(manifest, priority),
      },
    );
}

/** A block of nothing but the page becomes one line. */
function asEntrypoint(manifest: Manifest, pair: Pair, page: string): Fix[] {
  const inner = asMap(pair.value);
  const isPlain =
    manifest.parsed.syntax === "yaml" && asMap(manifest.root)?.flow === false && pair.value?.kind === "map";
  if (!isPlain || !pair.key || inner?.pairs.length !== 1 || topField(manifest, "entrypoint")) return [];
  const [only] = inner.pairs;
  const written = only?.value && manifest.parsed.text.slice(only.value.start, only.value.end);
  if (only?.value?.kind !== "scalar" || !written || /[\r\n]/.test(written)) return [];
  // A comment between the block's key and its page would be lost.
  if (manifest.parsed.text.slice(pair.key.end, only.start).includes("#")) return [];
  const span = [pair.key.start, only.value.end] as const;
  return [{ title: `Change to "entrypoint: ${page}"`, edits: [{ span, newText: `entrypoint: ${written}` }] }];
}

/** The line of a scalar field, where nothing else stands on it. */
function removed(manifest: Manifest, pair: Pair): Fix[] {
  const { text, syntax } = manifest.parsed;
  const map = asMap(manifest.root);
  if (syntax !== "yaml" || map?.flow !== false || map.pairs.length < 2 || pair.value?.kind !== "scalar") return [];
  const start = text.lastIndexOf("\n", pair.start - 1) + 1;
  const newline = text.indexOf("\n", pair.value.end - 1);
  const end = newline < 0 ? text.length : newline + 1;
  const name = keyText(pair) ?? "";
  const isWhole = text.slice(start, pair.start).trim() === "" && !text.slice(start, end).includes(" #");
  return isWhole ? [{ title: `Remove "${name}"`, edits: [{ span: [start, end], newText: "" }] }] : [];
}
