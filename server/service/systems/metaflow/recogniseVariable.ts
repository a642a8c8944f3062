// Is the value of a variable PLUGINS, in a file that isn't ours, a PLUGINS value of Metaflow UI? Other programs have a
// variable of that name as well, so it has to be an object with an entry of ours, or the file has to name the service.

import { nearest } from "../../text/nearest.js";
import { keyText, type Pair } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import type { Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import type { Verdict } from "../system.js";
import { isGitAddress, looksLikePlugins } from "./recognisePlugins.js";
import { AUTH_KEYS, ENTRY_KEYS } from "./words.js";

export function looksLikeVariable(value: Parsed, workspace: Workspace, outer: Parsed): Verdict {
  if (value.text.trim() === "")
    return SURELY_SERVICE.test(outer.text) ? { ours: true, reason: SETS_UP } : no("the value of PLUGINS is empty");
  const spoilt = spoiltValue(value, outer);
  if (spoilt) return spoilt;
  if (isListForService(value, outer)) return { ours: true, reason: SETS_UP };
  if (!/^\s*\{(?!\{)/.test(value.text)) return no("the value of PLUGINS is no JSON object");
  const later = value.embedding?.later ?? [];
  if (later.length > 0 && value.tree.problems.length > 0)
    return no("the value of PLUGINS is known only once it is filled in");
  const verdict = looksLikePlugins(value, workspace);
  if (verdict.ours || !SERVICE.test(outer.text)) return verdict;
  const pairs = asMap(value.tree.documents[0]?.root)?.pairs ?? [];
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

/** A list, in a file that sets what only this service reads: it loads no plugin of it and doesn't say so. */
function isListForService({ text, tree }: Parsed, outer: Parsed): boolean {
  if (!/^\s*\[/.test(text) || !SURELY_SERVICE.test(outer.text)) return false;
  const items = asList(tree.documents[0]?.root)?.items ?? [];
  return items.length > 0 && items.every((one) => one?.kind === "map" || isGitAddress(asScalar(one)?.text ?? ""));
}

const KEYS = [...ENTRY_KEYS, ...AUTH_KEYS];

/** Nothing yet, an address, an empty object, or one with a key of an entry, misspelt or not. */
function couldBeEntry(pair: Pair): boolean {
  const scalar = asScalar(pair.value);
  if (!pair.value || scalar) return scalar?.style !== "plain";
  const keys = asMap(pair.value)?.pairs.map((one) => keyText(one) ?? "");
  return keys !== undefined && (keys.length === 0 || keys.some((key) => nearest(key, KEYS).length > 0));
}

const no = (reason: string): Verdict => ({ ours: false, reason });
