// What the Python classes of a doubtful list say: loaders of all kinds write `class` beside `config` or `kwargs`, or classes
// without any key. Looked at only where the text alone decides nothing.

import { nearest } from "../../text/nearest.js";
import { keyText, type Node } from "../../text/node.js";
import type { Parsed } from "../../text/parsed.js";
import { dirname } from "../../text/paths.js";
import type { Workspace } from "../facts.js";
import { asList, asMap, asScalar } from "../read.js";
import { splitClass } from "./items.js";
import { moduleFinder } from "./python/modules.js";
import { judgePlugin } from "./python/plugin.js";
import { meaningIn } from "./python/resolve.js";

/** The fields of an item that SkyPilot knows. */
export const FIELDS = ["class", "parameters", "upload_to_controller"];
const MAX_LOOK = 20;

/** Each class has a field beside it that SkyPilot would refuse, and neither the classes nor their names speak for SkyPilot. */
export function isSomebodyElses(list: Node | undefined, { path }: Parsed, workspace: Workspace): boolean {
  const items = (asList(list)?.items ?? []).slice(0, MAX_LOOK).map((item) => asMap(item)?.pairs ?? []);
  const keys = items.map((pairs) => pairs.map((pair) => keyText(pair) ?? ""));
  const isMixed = keys.some((one) => one.includes("parameters"));
  if (items.length === 0 || !keys.every((one) => one.some(isStrange)) || isMixed) return false;
  const classes = items.flatMap(
    (pairs) => asScalar(pairs.find((pair) => keyText(pair) === "class")?.value)?.text ?? [],
  );
  if (classes.length === 0) return false;
  const known = classes.map((one) => isPlugin(one, path, workspace));
  if (known.includes(true)) return false;
  if (known.includes(false)) return true;
  return keys.every(isOfAnotherLoader) && !classes.some((one) => /sky/i.test(one) || /Plugin$/.test(one));
}

/** Texts, or maps with fields of any name, one of which is a SkyPilot plugin of the workspace: `- my_plugin.MyPlugin`. */
export function namesPlugin(value: Node | undefined, { path }: Parsed, workspace: Workspace): boolean {
  return (asList(value)?.items ?? [value]).slice(0, MAX_LOOK).some((item) => {
    const named = asMap(item)?.pairs.find((pair) => keyText(pair) === "class")?.value;
    const text = asScalar(named ?? item)?.text ?? "";
    return /^[a-z_]\w*(\.\w+)*\.[A-Z]\w*$/.test(text) && isPlugin(text, path, workspace) === true;
  });
}

/** One field that no loader is known for may be a mistake in a list of ours, `enabled`. */
function isOfAnotherLoader(keys: readonly string[]): boolean {
  const strange = keys.filter(isStrange);
  return strange.length > 1 || strange.some((key) => LOADERS.test(key));
}

/** What loaders of classes hand on to them, or call them by. */
const LOADERS = /^(kw_?args|args|arguments|config(uration)?|options|opts|settings|params|init\w*|name|id|module)$/i;

/** `<<` brings fields from elsewhere; a slip of a known field is no strange one. */
const isStrange = (key: string): boolean => key !== "<<" && !FIELDS.includes(key) && nearest(key, FIELDS).length === 0;

/** Whether the class is in the workspace and derives from SkyPilot's BasePlugin; undefined when that isn't known. */
function isPlugin(path: string, manifest: string | undefined, workspace: Workspace): boolean | undefined {
  const parts = splitClass(path);
  if (!parts || manifest === undefined) return undefined;
  const find = moduleFinder(dirname(manifest), workspace);
  const search = find(parts.module);
  const meaning = search.kind === "found" ? meaningIn(search.loaded, parts.name, find) : undefined;
  return meaning?.kind === "class" ? judgePlugin(meaning.class, meaning.module, find).isPlugin : undefined;
}
