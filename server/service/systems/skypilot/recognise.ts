// Whether a plugins.yaml is SkyPilot's. k9s, Grafana, Jenkins and others use the name too: ours lists plugins by Python
// class, or sets the wheel directory, or lies where only SkyPilot's file can lie.

import { nearest } from "../../text/nearest.js";
import { keyText, type MapNode, type Node } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { dirname } from "../../text/paths.js";
import type { Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { FIELDS, isSomebodyElses, namesPlugin } from "./evidence.js";

export function looksLikePlugins(parsed: Parsed, workspace: Workspace): Verdict {
  const root = parsed.tree.documents[0]?.root;
  const map = asMap(root);
  if (map) return judgeMap(map, parsed, workspace);
  if (!root || isBlank(root)) return { ours: true, reason: "an empty plugins.yaml" };
  if (listsClasses(root) && isDotted(root)) return { ours: true, reason: "a list of plugins by class" };
  const [only, ...more] = asList(root)?.items ?? [];
  if (more.length === 0 && asMap(only)?.pairs.some((pair) => keyText(pair) === "plugins" && listsClasses(pair.value)))
    return { ours: true, reason: "it lists plugins by class, as an item of a list" };
  if (spellsClass(parsed)) return { ours: true, reason: SPELLS_CLASS };
  const place = tellingPlace(parsed, workspace);
  return place ? { ours: true, reason: place } : { ours: false, reason: "the document is no map" };
}

const SPELLS_CLASS = "it names a Python class below plugins, in broken YAML";

/** Lines that name plugins and the Python class of one, whatever the letters between them lack: `-class a_plugin.APlugin`. */
function spellsClass({ text }: Parsed): boolean {
  const start = text.slice(0, 4000);
  if (!/^\s*\{?\s*["']?plugins?["']?\s*[:;=]?\s*(?:[-[{].*)?\r?$/m.test(start) || /^(apiVersion|kind)\b/m.test(start))
    return false;
  const [, path = ""] = CLASS.exec(start) ?? [];
  return path !== "" && !isJavaName(path);
}

const CLASS = /[-[{ \t]["']?class["']?[ \t]*[:=]?[ \t]*["'\u201c]?([a-z_]\w*(?:\.\w+)*\.[A-Z]\w*)/;

export function looksLikeRemotePlugins(parsed: Parsed): Verdict {
  const pairs = asMap(parsed.tree.documents[0]?.root)?.pairs ?? [];
  const keys = pairs.map(keyText);
  if (keys.includes("apiVersion") && keys.includes("kind"))
    return { ours: false, reason: "it has apiVersion and kind" };
  if (pairs.some(({ value }) => isOfAnother(value)) && !pairs.some(({ value }) => listsClasses(value)))
    return { ours: false, reason: "it lists plugins, but not by class" };
  return { ours: true, reason: "few but SkyPilot have a file of this name" };
}

/** The same of a file that stands in a ConfigMap; of one that a template makes, or that is empty, nobody can tell. */
export const inConfigMap =
  (looks: (parsed: Parsed, workspace: Workspace) => Verdict) =>
  (value: Parsed, workspace: Workspace): Verdict => {
    if ((value.embedding?.later ?? []).length > 0) return { ours: false, reason: "a template makes it" };
    if (!value.tree.documents[0]?.root) return { ours: false, reason: "it is empty" };
    const verdict = looks(value, workspace);
    return verdict.ours ? { ours: true, reason: `${verdict.reason}, in a ConfigMap` } : verdict;
  };

/** A list of plugins by several fields, none of them of SkyPilot: by a source, a name and a version. */
function isOfAnother(value: Node | undefined): boolean {
  const items = (asList(value)?.items ?? []).slice(0, MAX_LOOK).map((item) => asMap(item)?.pairs ?? []);
  const isForeign = (keys: readonly string[]) =>
    keys.length > 1 && keys.every((key) => nearest(key, FIELDS).length === 0);
  return items.length > 0 && items.every((pairs) => isForeign(pairs.map((pair) => keyText(pair) ?? "")));
}

function judgeMap(map: MapNode, parsed: Parsed, workspace: Workspace): Verdict {
  const keys = map.pairs.map(keyText);
  if (keys.includes("controller_wheel_path")) return { ours: true, reason: "it has controller_wheel_path" };
  const plugins = map.pairs.findLast((pair) => keyText(pair) === "plugins");
  if (keys.includes("apiVersion") || keys.includes("kind"))
    return { ours: false, reason: "it has apiVersion and kind" };
  const value = plugins?.value;
  // The place asks the disk, so it comes after what is written, which is judged at each key.
  if (isSomebodyElses(value, parsed, workspace) && !tellingPlace(parsed, workspace))
    return { ours: false, reason: "it lists classes with fields that aren't SkyPilot's" };
  if (listsClasses(value)) return { ours: true, reason: "it lists plugins by class" };
  const named = asMap(value)?.pairs.some((pair) => isPlugin(pair.value) && isPlain(pair.value)) ?? false;
  if (named) return { ours: true, reason: "its plugins have a class" };
  if (value && isPlain(value)) return { ours: true, reason: "its plugins are one with a class" };
  const place = tellingPlace(parsed, workspace);
  if (place) return { ours: true, reason: place };
  if (namesPlugin(value, parsed, workspace)) return { ours: true, reason: "it names a plugin of the workspace" };
  if (
    plugins &&
    keys.length === 1 &&
    isBlank(value) &&
    !/#/.test(parsed.text) &&
    !/k9s|grafana|jenkins/i.test(parsed.path ?? "")
  )
    return { ours: true, reason: "nothing but an unfinished list of plugins" };
  if (!plugins && isPlain(map) && keys.includes("parameters"))
    return { ours: true, reason: "it is a plugin with a class" };
  if (plugins && isBlank(value) && isPlain(map, "plugins")) return { ours: true, reason: "it has plugins and a class" };
  // A key that is being typed above "plugins:" runs into it: "contr plugins".
  const isNear = (key: string) =>
    /(^|\s)plugins$|^plug/i.test(key) || (key.length > 5 && nearest(key, ["plugins"]).length > 0);
  const misspelt = map.pairs.some((pair) => isNear(keyText(pair) ?? "") && listsClasses(pair.value));
  const isBroken = parsed.tree.problems.length > 0 || hasTextItems(value) || hasGluedDash(map) || hasGluedDash(value);
  if (isBroken && spellsClass(parsed)) return { ours: true, reason: SPELLS_CLASS };
  return misspelt
    ? { ours: true, reason: "it lists plugins by class under an unfinished key" }
    : { ours: false, reason: "no list of plugins with a class" };
}

/** `- class:a.B` is a text. */
const hasTextItems = (node: Node | undefined): boolean =>
  asScalar(node) !== undefined || (asList(node)?.items ?? []).some((item) => asScalar(item) !== undefined);

/** `-class: a.B` is a key. */
const hasGluedDash = (node: Node | undefined): boolean =>
  asMap(node)?.pairs.some((pair) => /^-[^ -]|^-\u00a0/.test(keyText(pair) ?? "")) ?? false;

const MAX_LOOK = 50;

function listsClasses(node: Node | undefined): boolean {
  // `- - class: a.B` is a slip; a list of lists that isn't plain is somebody else's.
  const isDoubled = (item: Node | undefined) => asList(item)?.items.every((one) => isPlain(one)) ?? false;
  return (asList(node)?.items ?? []).slice(0, MAX_LOOK).some((item) => isPlugin(item) || isDoubled(item));
}

/** A map with a Python class, or with fields that only SkyPilot's items have. */
function isPlugin(node: Node | undefined): boolean {
  const map = asMap(node);
  if (!map) return false;
  const keys = map.pairs.map((pair) => keyText(pair) ?? "");
  if (keys.includes("upload_to_controller")) return true;
  if (keys.length > 0 && keys.every((key) => key === "parameters")) return true;
  const given = map.pairs.find((pair) => keyText(pair) === "class");
  if (given) return isPython(given.value, keys);
  // A misspelt "class" counts when its value is a dotted path to something in capitals.
  const near = map.pairs.find(
    (pair) =>
      /^(class(es|_?path|_?name)?|klass)$/i.test(keyText(pair) ?? "") ||
      nearest(keyText(pair) ?? "", ["class"]).length > 0,
  );
  const text = asScalar(near?.value)?.text ?? "";
  return (
    keys.every((key) => FIELDS.includes(key.toLowerCase()) || key === keyOf(near)) &&
    /^[a-z_]\w*(\.\w+)*\.[A-Z]\w*$/.test(text)
  );
}

const keyOf = (pair: MapNode["pairs"][number] | undefined): string | undefined => pair && keyText(pair);

/** Nothing but SkyPilot's fields, the class by its dotted path: what a map of names to plugins needs to be taken for its. */
function isPlain(node: Node | undefined, besides = ""): boolean {
  const pairs = asMap(node)?.pairs ?? [];
  const isKnown = (key: string) => FIELDS.includes(key) || key === besides;
  return pairs.every((pair) => isKnown(keyText(pair) ?? "")) && pairs.some(isDottedClass);
}

const isDotted = (list: Node): boolean =>
  asList(list)?.items.some((item) => asMap(item)?.pairs.some(isDottedClass)) ?? false;

const isDottedClass = (pair: MapNode["pairs"][number]): boolean =>
  /^c?l?as/i.test(keyText(pair) ?? "") && /\w\.\w/.test(asScalar(pair.value)?.text ?? "");

/** Java and PHP name classes under "class" too: `org.example.Plugin`, `App\Plugin`, `Foo::Bar`. */
function isPython(value: Node | undefined, keys: readonly string[]): boolean {
  const text = (asScalar(value)?.text ?? "").replace(/\s+\/\/.*$/, "");
  if (/^\{\{.*\}\}[\w.]*$/.test(text)) return keys.every((key) => FIELDS.includes(key));
  const isSpaced = /^[a-z_]\w* ?\. ?\w+( ?\.? ?\w+)*$/.test(text) && keys.every((key) => FIELDS.includes(key));
  if (/\\|::|#|\S\s+\S/.test(text) && !isSpaced) return false;
  const others = keys.filter((key) => key !== "<<" && !FIELDS.includes(key));
  if (isJavaName(text)) return false;
  // A bare name beside a field that is none of ours: a loader that keeps module and class apart, or a style sheet's class.
  if (
    others.length > 0 &&
    text !== "" &&
    !text.includes(".") &&
    !keys.some((key) => key !== "class" && FIELDS.includes(key))
  )
    return false;
  // Two and more fields that SkyPilot would refuse speak for somebody else's list.
  return (
    others.length < 2 || (others.length < 4 && keys.includes("parameters") && /^[a-z_][\w.]*\.[A-Z]\w*$/.test(text))
  );
}

const isJavaName = (text: string): boolean => /^(com|org|net|io|edu|java|javax|jakarta|de|fr|ch)\.[a-z]/.test(text);

function isBlank(node: Node | undefined): boolean {
  if (!node) return true;
  if (node.kind === "scalar") return /^(~|null|)$/i.test(node.text) && node.style === "plain";
  return node.kind === "list" && node.items.length === 0;
}

/** Where a plugins.yaml can only be SkyPilot's: in ~/.sky, beside its remote_plugins.yaml, or by a folder's name. */
function tellingPlace({ path }: Parsed, { files }: Workspace): string | undefined {
  if (path === undefined) return undefined;
  const folder = dirname(path);
  if (/(^|\/)\.sky$/.test(folder)) return "it lies in .sky";
  if (/(^|\/)[^/]*sky[-_]?pilot[^/]*(\/|$)/i.test(folder)) return "it lies in a folder of SkyPilot";
  const remote = [`${folder}/remote_plugins.yaml`, `${folder}/remote_plugins.yml`];
  return remote.some((one) => files.kind(one) === "file") ? "remote_plugins.yaml lies beside it" : undefined;
}
