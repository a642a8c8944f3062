// Is the value of a variable PLUGINS, in a file that isn't ours, a PLUGINS value of Metaflow UI? Other programs have a
// variable of that name as well, so it has to be an object with an entry of ours, or the file has to name the service.

import { findChain } from "../../text/chain.js";
import { nearest } from "../../text/nearest.js";
import { keyText, type Pair } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import type { Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { isGitAddress, repositoryOf } from "./gitAddress.js";
import { isBegun, looksLikePlugins } from "./recognisePlugins.js";
import { AUTH_KEYS, ENTRY_KEYS } from "./words.js";

export function looksLikeVariable(value: Parsed, workspace: Workspace, outer: Parsed): Verdict {
  if (value.text.trim() === "")
    return SURELY_SERVICE.test(outer.text) ? { ours: true, reason: SETS_UP } : no("the value of PLUGINS is empty");
  const spoilt = spoiltValue(value, outer);
  if (spoilt) return spoilt;
  const later = value.embedding?.later ?? [];
  if (SURELY_UI.test(settingsAround(value, outer)) && (later.length === 0 || isReadable(value)))
    return { ours: true, reason: SETS_UP };
  if (value.embedding?.file !== undefined && /^\s*\[/.test(value.text))
    return { ours: true, reason: "the service reads a file of this name" };
  if (isListForService(value, outer)) return { ours: true, reason: SETS_UP };
  if (!/^\s*\{(?!\{)/.test(value.text)) return no("the value of PLUGINS is no JSON object");
  if (later.length > 0 && value.tree.problems.length > 0)
    return no("the value of PLUGINS is known only once it is filled in");
  const verdict = looksLikePlugins(value, workspace);
  if (verdict.ours) return verdict;
  const pairs = asMap(value.tree.documents[0]?.root)?.pairs ?? [];
  if (pairs.length > 0 && pairs.every(isFromRepository)) return { ours: true, reason: "it loads each plugin from git" };
  if (!SERVICE.test(outer.text)) return verdict;
  return pairs.every(couldBeEntry) ? { ours: true, reason: SETS_UP } : verdict;
}

/** JSON in quotes once too often, or with Python's quotes: the service loads nothing from either, and hardly says so. */
function spoiltValue(value: Parsed, outer: Parsed): Verdict | undefined {
  const root = asScalar(value.tree.documents[0]?.root);
  const inner = root?.style === "double" ? root.text : value.text;
  const isTwice = root?.style === "double" && /^\s*\{\s*["}]/.test(inner);
  if (!isTwice && !/^\s*\{\s*'[^'"]+'\s*:/.test(inner)) return undefined;
  if (!/["']repository["']\s*:/.test(inner) && !SERVICE.test(outer.text)) return undefined;
  return {
    ours: true,
    reason: isTwice ? "it is a PLUGINS object in quotes" : "it is a PLUGINS object as Python writes it",
  };
}

const SETS_UP = "the file sets up the Metaflow UI service";

/** Words of a file that configures the service: its name, its image, its other variables. */
const SERVICE = /metaflow|ui[-_]backend|\bMF_METADATA_DB_|\bMF_UI_METADATA_|\bINSTALLED_PLUGINS_BASE_DIR\b/i;

/** Words that only this service's own files hold; Metaflow alone has many more. */
const SURELY_SERVICE = /\bMF_(?:UI_)?METADATA_|ui[-_]backend|metaflow_metadata_service|\bINSTALLED_PLUGINS_BASE_DIR\b/;

/** A list of entries, in a file that sets what only this service reads: it loads no plugin of it and doesn't say so. */
function isListForService({ text, tree }: Parsed, outer: Parsed): boolean {
  if (!/^\s*\[/.test(text) || !SURELY_SERVICE.test(outer.text)) return false;
  const items = asList(tree.documents[0]?.root)?.items ?? [];
  return items.length > 0 && items.every((one) => one?.kind === "map" || isGitAddress(asScalar(one)?.text ?? ""));
}

/** Words that stand where nothing but the service with the plugins is set up. */
const SURELY_UI =
  /\bMF_UI_METADATA_|\bui[-_]backend|\bui_server\b|metaflow_metadata_service|\bINSTALLED_PLUGINS_BASE_DIR\b/;

const isReadable = ({ text, tree }: Parsed): boolean => /^\s*[[{](?!\{)/.test(text) && tree.problems.length === 0;

/** What the outer file says of the container or service whose variable it is; all of a file that sets up one alone. */
function settingsAround({ embedding }: Parsed, { text, tree, path = "" }: Parsed): string {
  if (!/\.(ya?ml|json)$/.test(path)) return text;
  const at = embedding?.span[0] ?? 0;
  const root = tree.documents.findLast(({ start }) => start <= at)?.root;
  const unit = findChain(root, at).find((step) => LISTS.includes(String(step.at.at(-2))));
  const { start, end } = unit?.pair ?? unit?.node ?? root ?? { start: 0, end: text.length };
  return text.slice(start, end);
}

/** What holds the services of a compose file, the containers of a pod, and those of an ECS task. */
const LISTS = ["services", "containers", "initContainers", "containerDefinitions"];

const KEYS = [...ENTRY_KEYS, ...AUTH_KEYS];

/** Whatever stands beside the address: `branch` and the like are what people write for `ref`. */
const isFromRepository = ({ value }: Pair): boolean => isGitAddress(repositoryOf(value));

/** Nothing yet, an address, an empty object, or one with a key of an entry, misspelt or not. */
function couldBeEntry(pair: Pair): boolean {
  const scalar = asScalar(pair.value);
  if (!pair.value || scalar) return scalar?.style !== "plain";
  const pairs = asMap(pair.value)?.pairs.filter((one) => !isBegun(one));
  const isEntry = (one: Pair) => nearest(keyText(one) ?? "", KEYS).length > 0;
  return pairs !== undefined && (pairs.length === 0 || pairs.some(isEntry));
}

const no = (reason: string): Verdict => ({ ours: false, reason });
