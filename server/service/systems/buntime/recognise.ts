// Whether a manifest.yaml is a Buntime plugin's. Apps, Kubernetes, Cloud Foundry, Airbyte, snaps and many others share the
// file name, so one key that only plugins have decides, or several weak ones, or the place.

import { nearest } from "../../text/nearest.js";
import { keyText, type MapNode, type Node } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { basename, dirname } from "../../text/paths.js";
import type { Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { hostDirs } from "./hostDirs.js";

export function looksLikePlugin(parsed: Parsed, workspace: Workspace): Verdict {
  const root = parsed.tree.documents[0]?.root;
  const map = asMap(root);
  if (spellsEntry(parsed)) return ours("it has pluginEntry, in broken YAML");
  const place = () => tellingPlace(parsed.path, workspace);
  if (!map) return isOneInList(root) ? ours("it has pluginEntry, as an item of a list") : byPlace(place(), parsed);
  const keys = new Set(map.pairs.map(keyText));
  if (keys.has("pluginEntry")) return ours("it has pluginEntry");
  const foreign = FOREIGN.find(({ all }) => all.every((key) => keys.has(key)));
  if (foreign) return { ours: false, reason: `it is ${foreign.of}` };
  const strong = strongKey(map);
  if (strong) return ours(`it has ${strong}`);
  const beside = place();
  if (beside) return ours(beside);
  const weak = WEAK.filter((key) => keys.has(key) && couldBeOurs(map, key));
  const more = SUPPORTING.filter((key) => keys.has(key));
  const name = textAt(map, "name") ?? "";
  const isScoped = /^@[\w.-]+\/[\w.-]+/.test(name);
  if (/^\.\.?\//.test(textAt(map, "base") ?? "")) return { ours: false, reason: "its base is a folder" };
  if (PROGRAM.test(textAt(map, "entrypoint") ?? "")) return { ours: false, reason: "its entrypoint is a program" };
  // "enabled" and "config" beside a name, or a list of names, are anybody's.
  const telling = [...weak, ...more].filter((key) => !COMMON.includes(key) || namesPlugins(map, key));
  if (weak.length > 0 && (isScoped || (weak.length + more.length > 1 && telling.length > 0)) && !others(keys))
    return ours(`it has ${weak[0]}`);
  if (name !== "" && weak.some((key) => namesPlugins(map, key)) && !others(keys))
    return ours(`it has name and ${weak[0]}`);
  if (isScoped && keys.has("enabled") && !APP_ONLY.some((key) => keys.has(key))) return ours("it has a scoped name");
  const miss = map.pairs.find((pair) => isMisspelt(pair, map));
  if (miss && name !== "") return ours(`it has ${keyText(miss)}`);
  return { ours: false, reason: "no key that only plugins have, and no plugin.ts or plugin.js beside it" };
}

/** Before manifest.yaml; the name manifest.json belongs to others, so only what no other has counts. */
export function looksLikeOldManifest(parsed: Parsed): Verdict {
  const map = asMap(parsed.tree.documents[0]?.root);
  const keys = new Set(map?.pairs.map(keyText));
  const isForeign = JSON_FOREIGN.some((key) => keys.has(key));
  const found = ["menus", "optionalDependencies", "fragment", "mountPath", "publicRoutes", "injectBase"].filter((key) =>
    keys.has(key),
  );
  if (map && textAt(map, "base")?.startsWith("/")) found.push("base");
  if (map && !isForeign && textAt(map, "pluginEntry") !== undefined) return ours("it has pluginEntry");
  if (map && !isForeign && keys.has("name") && found.length > 1) return ours(`it has ${found.join(" and ")}`);
  return { ours: false, reason: "it has not the keys of a Buntime plugin" };
}

/** Fields of an app and neither a name nor anything of a plugin. */
export function looksLikeApp(keys: ReadonlySet<string | undefined>): boolean {
  const isPlugin = ["name", "pluginEntry", "base", ...WEAK].some((key) => keys.has(key));
  return !isPlugin && [...APP_ONLY, "entrypoint"].some((key) => keys.has(key));
}

const WEAK = ["base", "dependencies", "optionalDependencies", "menus", "config"];
const SUPPORTING = ["enabled", "entrypoint", "injectBase", "publicRoutes", "envPrefix", "mountPath"];
const COMMON = ["enabled", "entrypoint", "dependencies", "base", "menus", "config"];
const APP_ONLY = ["visibility", "ttl", "idleTimeout", "cron", "deploy"];
const MISSPELT = new Set(["pluginentry", "optionaldependencies", "pluginentrypoint", "mountpath"]);

const FOREIGN: readonly { readonly all: readonly string[]; readonly of: string }[] = [
  { all: ["apiVersion"], of: "a Kubernetes object" },
  { all: ["kind", "metadata"], of: "a Kubernetes object" },
  { all: ["applications"], of: "a Cloud Foundry manifest" },
  { all: ["buildpack"], of: "a Cloud Foundry manifest" },
  { all: ["buildpacks"], of: "a Cloud Foundry manifest" },
  { all: ["definitions", "streams"], of: "an Airbyte connector" },
  { all: ["check", "streams"], of: "an Airbyte connector" },
  { all: ["parts"], of: "a snap or rock" },
  { all: ["apps", "confinement"], of: "a snap" },
  { all: ["manifestVersion"], of: "a manifest of another tool" },
  { all: ["manifest_version"], of: "a manifest of another tool" },
  { all: ["PackageIdentifier"], of: "a winget manifest" },
  { all: ["kind", "entrypoint"], of: "a worker of another runtime" },
  { all: ["shellExcludes", "entrypoint"], of: "a worker of another runtime" },
];

/** Keys of package-like manifests of other tools; they outweigh a lone `dependencies` or `config`. */
const OTHERS = [
  "description",
  "main",
  "title",
  "steps",
  "properties",
  "author",
  "authors",
  "maintainer",
  "maintainers",
  "license",
  "homepage",
  "id",
  "type",
  "kind",
  "metadata",
  "spec",
  "schema",
  "schema_version",
  "schemaVersion",
  "$schema",
  "platforms",
  "packages",
  "architectures",
  "sources",
  "resources",
  "services",
  "image",
  "owner",
  "entry",
  "runtime",
  "handler",
  "regions",
];

const JSON_FOREIGN = [
  "manifest_version",
  "start_url",
  "sap.app",
  "domain",
  "engines",
  "$schema",
  "browser_specific_settings",
];

/** Package managers have a map or rows of packages under these names, images and overlays are what others call a base. */
function couldBeOurs(map: MapNode, key: string): boolean {
  const value = map.pairs.find((pair) => keyText(pair) === key)?.value;
  if (key === "config") return asMap(value)?.pairs.some((setting) => asMap(setting.value)) ?? !asScalar(value)?.text;
  if (key === "base") return !/[@:]/.test(asScalar(value)?.text ?? "");
  if (key === "menus") return !isOfWords(value);
  if (key !== "dependencies" && key !== "optionalDependencies") return true;
  const isScoped = /^@[\w.-]+\//.test(textAt(map, "name") ?? "");
  const items = asList(value)?.items ?? [];
  const isForeign =
    asMap(value)?.pairs.length || /\.\w+$/.test(asScalar(value)?.text ?? "") || items.some((item) => asMap(item));
  return isScoped || !isForeign;
}

/** Buntime's own key for what others have no list of, or scoped names as npm has them. */
function namesPlugins(map: MapNode, key: string): boolean {
  const value = map.pairs.find((pair) => keyText(pair) === key)?.value;
  if (key === "optionalDependencies") return true;
  return (
    key === "dependencies" &&
    (asList(value)?.items ?? []).some((item) => /^@[\w.-]+\//.test(asScalar(item)?.text ?? ""))
  );
}

/** A line with the telling key, whatever keeps it from being read. */
const spellsEntry = ({ tree, text }: Parsed): boolean =>
  tree.problems.length > 0 && /^[^\w\n#]*pluginEntry["']?[ \t]*:/m.test(text.slice(0, 4000));

/** `- name: a`, a map that became the item of a list. */
function isOneInList(root: Node | undefined): boolean {
  const [only, ...more] = asList(root)?.items ?? [];
  return more.length === 0 && (asMap(only)?.pairs.some((pair) => keyText(pair) === "pluginEntry") ?? false);
}

/** The menus of a theme: their names, as a list or with titles. */
function isOfWords(value: Node | undefined): boolean {
  const all = asList(value)?.items ?? asMap(value)?.pairs.map((pair) => pair.value) ?? [];
  return all.length > 0 && all.every((one) => asScalar(one)?.text);
}

/** `plugin_entry: main.py` is a field of somebody else's loader. */
function isMisspelt({ key, value }: MapNode["pairs"][number], map: MapNode): boolean {
  const text = asScalar(key)?.text ?? "";
  const word = text.toLowerCase().replace(/[-_ ]/g, "");
  const isNear = MISSPELT.has(word) || (word.length > 9 && nearest(word, ["pluginEntry"]).length > 0);
  if (WEAK.includes(text) || !isNear || !textAt(map, "name")) return false;
  return !PROGRAM.test(asScalar(value)?.text ?? "");
}

/** What another tool starts: a script of another language, or `module:Class`. */
const PROGRAM = /\.(py|rb|php|lua|go|rs|sh|qml|so|dll|jar|wasm)$|^[\w.]+:\w+$/;

const others = (keys: ReadonlySet<string | undefined>): boolean => OTHERS.some((key) => keys.has(key));

/** A key whose value has a form that only Buntime plugins give it. */
function strongKey(map: MapNode): string | undefined {
  const at = (key: string) => map.pairs.find((pair) => keyText(pair) === key)?.value;
  if (textAt(map, "base")?.startsWith("/")) return "a base";
  const hasTitle = (node: Node | undefined) =>
    asMap(node)?.pairs.some((pair) => ["title", "icon", "path"].includes(keyText(pair) ?? ""));
  if (asList(at("menus"))?.items.some(hasTitle)) return "menus";
  const settings = asMap(at("config"))?.pairs.map(({ value }) => asMap(value)?.pairs.map(keyText) ?? []) ?? [];
  if (at("name") && settings.some((keys) => keys.includes("type") && keys.includes("label")))
    return "a described config";
  return undefined;
}

function textAt(map: MapNode, key: string): string | undefined {
  return asScalar(map.pairs.find((pair) => keyText(pair) === key)?.value)?.text;
}

function byPlace(place: string | undefined, { path }: Parsed): Verdict {
  if (place) return ours(place);
  return {
    ours: false,
    reason: path === undefined ? "the document is no map" : "the document is no map, and no plugin stands beside it",
  };
}

const ours = (reason: string): Verdict => ({ ours: true, reason });

/** A folder that can only be a plugin's: its code beside the manifest, its package.json, or plugins all around. */
function tellingPlace(path: string | undefined, workspace: Workspace): string | undefined {
  if (path === undefined) return undefined;
  const { files } = workspace;
  const folder = dirname(path);
  const entry = ["plugin.ts", "plugin.js"].find((name) => files.kind(`${folder}/${name}`) === "file");
  if (entry) return `${entry} stands beside it`;
  if (/"@buntime\//.test(files.read(`${folder}/package.json`) ?? "") && /plugin/.test(basename(folder)))
    return "the package.json beside it names Buntime";
  const above = dirname(folder);
  const scope = basename(above).startsWith("@") ? dirname(above) : above;
  if (hostDirs("plugins", folder, workspace).includes(scope)) return "it lies in a plugins directory of the host";
  if (!/^\.?plugins$/.test(basename(above))) return undefined;
  const around = (files.list(dirname(folder)) ?? []).filter(({ kind }) => kind !== "file").slice(0, 30);
  const sibling = around.find(({ name }) => {
    const other = `${dirname(folder)}/${name}`;
    return other !== folder && /^pluginEntry\s*:/m.test(files.read(`${other}/manifest.yaml`) ?? "");
  });
  return sibling && "it lies among Buntime plugins";
}
