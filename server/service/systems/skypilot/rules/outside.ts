// Fields of a plugin that stand one level too high: an item's at the top of the file, and the constructor's parameters in
// the item. One lost line makes unknown fields of all of them, so it is told once, with the edit that puts the line back.

import { columnOf } from "../../../text/columns.js";
import { indentedLines } from "../../../text/indented.js";
import { keyText, type MapNode, type Pair } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { asList, asMap } from "../../read.js";
import { removeField } from "../../removal.js";
import { byCount, listed } from "../../sentence.js";
import type { Manifest, Misfit, Report, Rule } from "../../system.js";
import { FIELDS } from "../evidence.js";
import { isNull, pluginItems } from "../items.js";
import { type ListedClass, listedClasses } from "../python/classes.js";
import { meantAsItem } from "./bullets.js";
import { classUnderOtherName } from "./renamedClass.js";

export const outsideRules: readonly Rule[] = [
  {
    code: "skypilot/parameter-outside",
    severity: "error",
    title: "parameters of the constructor stand beside the class",
    host: 'An item has "class" and "parameters" and nothing else: the server refuses the file and doesn\'t start. Told where the class is in the workspace and its constructor takes them all; elsewhere they are unknown fields.',
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n  log_path: /var/log/audit.log\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    log_path: /var/log/audit.log\n",
    fix: 'put them under "parameters"',
    check: parametersOutside,
  },
];

/** What `parameter-outside` tells is no unknown field, and an item at the top is one mistake. */
export function refineUnknown(manifest: Manifest, { place, name = "", problem }: Misfit): Problem | undefined {
  const map = asMap(place.node);
  if (!map) return problem;
  if (manifest.kind.id === "remote-plugins" && OF_PLUGINS[name] !== undefined)
    return {
      ...problem,
      message: `unknown field "${name}"; ${OF_PLUGINS[name]}`,
      fixes: removeField(
        manifest,
        map.pairs.find((one) => keyText(one) === name),
      ),
    };
  if (map !== asMap(manifest.root)) {
    if (outsideIn(manifest, map)?.pairs.some((pair) => keyText(pair) === name)) return undefined;
    return meantAsClass(manifest, map, name, problem) ?? meantAsParameters(manifest, map, name, problem);
  }
  const item = meantAsItem(manifest, name, problem);
  if (item) return item;
  const own = looseItem(manifest);
  if (!own || !FIELDS.includes(name)) return problem;
  if (keyText(own[0]) !== name) return undefined;
  const names = own.map((pair) => keyText(pair) ?? "");
  const message = `${listed(names)} ${byCount(names, "belongs", "belong")} to an item of the list "plugins"; begin the item with "- "`;
  return { ...problem, message, fixes: asItem(manifest, own) };
}

/** A map by the name that other tools give to what a constructor takes. */
function meantAsParameters(manifest: Manifest, map: MapNode, name: string, problem: Problem): Problem {
  const pair = map.pairs.find((one) => keyText(one) === name);
  const has = map.pairs.some((one) => keyText(one) === "parameters");
  if (has || !asMap(pair?.value) || !/^(config|options|settings|args|arguments|kwargs)$/i.test(name)) return problem;
  return {
    ...problem,
    message: `unknown field "${name}"; did you mean "parameters"?`,
    fixes: changeTo(manifest, pair?.key, "parameters"),
  };
}

/** The field whose value is the path of a class, where it is none that "class" is near to. */
function meantAsClass(manifest: Manifest, map: MapNode, name: string, problem: Problem): Problem | undefined {
  const pair = classUnderOtherName(map, manifest);
  if (!pair?.key || keyText(pair) !== name || problem.fixes?.length) return undefined;
  return {
    ...problem,
    message: `unknown field "${name}"; did you mean "class"?`,
    fixes: changeTo(manifest, pair.key, "class"),
  };
}

/** What plugins.yaml knows and this file doesn't. */
const OF_PLUGINS: Readonly<Record<string, string>> = {
  controller_wheel_path: "it belongs in plugins.yaml, whose wheel directory counts for both files; move it there",
  upload_to_controller: "all plugins of this file go to the controllers; remove it",
};

/** The fields of an item that stand at the top of the file, a class among them. */
export function looseItem(manifest: Manifest): readonly [Pair, ...Pair[]] | undefined {
  const pairs = (asMap(manifest.root)?.pairs ?? []).filter((pair) => FIELDS.includes(keyText(pair) ?? ""));
  const [first, ...more] = pairs;
  return first && pairs.some((pair) => keyText(pair) === "class") ? [first, ...more] : undefined;
}

/** The lines indented as an item: of the list that stands right above, or of a new one. */
function asItem(manifest: Manifest, own: readonly [Pair, ...Pair[]]): Fix[] {
  const map = asMap(manifest.root);
  const [first] = own;
  if (!map || !isRun(manifest, map, own)) return [];
  const list = map.pairs.find((pair) => keyText(pair) === "plugins");
  const isBelow = list !== undefined && map.pairs[map.pairs.indexOf(first) - 1] === list;
  const items = asList(list?.value);
  if (list && !(isBelow && (isNull(list.value, manifest) || items?.flow === false))) return [];
  const head = list ? "" : "plugins:\n";
  const dash = `${" ".repeat(items?.items[0] ? columnOf(manifest.parsed.text, items.start) : 0)}- `;
  const edits = [
    { span: [first.start, first.start] as const, newText: `${head}${dash}` },
    ...indentedLines(manifest.parsed.text, own, dash.length),
  ];
  return [{ title: list ? 'Add "- "' : 'Make it an item of "plugins"', edits, safe: true }];
}

interface Outside {
  readonly one: ListedClass;
  readonly map: MapNode;
  readonly pairs: readonly [Pair, ...Pair[]];
}

/** What an item has beside the fields of items, when the constructor takes just that. */
function outsideIn(manifest: Manifest, map: MapNode): Outside | undefined {
  const pairs = map.pairs.filter((pair) => !FIELDS.includes(keyText(pair) ?? ""));
  const [first, ...more] = pairs;
  const one = first && listedClasses(manifest).find(({ item }) => item.map === map);
  const taken = one?.judged?.parameters?.filter(({ kind }) => kind === "normal" || kind === "keyword");
  const isTaken = (pair: Pair) => taken?.some(({ name }) => name === keyText(pair)) ?? false;
  return first && one && pairs.every(isTaken) ? { one, map, pairs: [first, ...more] } : undefined;
}

function parametersOutside(manifest: Manifest, report: Report): void {
  for (const { item } of listedClasses(manifest)) {
    const outside = outsideIn(manifest, item.map);
    // An aliased item is told where it stands.
    if (!outside || item.node.kind === "alias") continue;
    const { one, map, pairs } = outside;
    const names = pairs.map((pair) => keyText(pair) ?? "");
    const [first] = pairs;
    const what = byCount(names, "is a parameter", "are parameters");
    const them = byCount(names, "it", "them");
    report(
      first.key ?? first,
      `${listed(names)} ${what} of the constructor of "${one.name}", and the server doesn't start on ${them} here; put ${them} under "parameters"`,
      { fixes: isRun(manifest, map, pairs) ? underParameters(manifest, map, pairs) : [] },
    );
  }
}

function underParameters(manifest: Manifest, map: MapNode, pairs: readonly [Pair, ...Pair[]]): Fix[] {
  const [first] = pairs;
  const parameters = map.pairs.find((pair) => keyText(pair) === "parameters");
  const isAbove = parameters !== undefined && map.pairs[map.pairs.indexOf(first) - 1] === parameters;
  if (parameters && !(isAbove && isNull(parameters.value, manifest))) return [];
  const indent = " ".repeat(columnOf(manifest.parsed.text, map.start));
  const head = { span: [first.start, first.start] as const, newText: parameters ? "  " : `parameters:\n${indent}  ` };
  const edits = [head, ...indentedLines(manifest.parsed.text, pairs, 2)];
  return [{ title: 'Put under "parameters"', edits, safe: true }];
}

/** Whether "parameters" has no value because what belongs below it stands beside it. */
export function areBeside(manifest: Manifest, parameters: Pair): boolean {
  const item = pluginItems(manifest).find((one) => one.parameters === parameters);
  return item !== undefined && outsideIn(manifest, item.map) !== undefined;
}

/** Whether pairs of a block map stand one after the other, each beginning a line of its own but for the map's first. */
function isRun({ parsed }: Manifest, map: MapNode, pairs: readonly Pair[]): boolean {
  const [first] = pairs;
  if (!first || map.flow || parsed.syntax !== "yaml") return false;
  const at = map.pairs.indexOf(first);
  return pairs.every((pair, i) => map.pairs[at + i] === pair);
}
