// The parts of a plugins.yaml that rules look at: its plugin items with class, parameters and upload flag, as PyYAML
// reads them, and the setting for the wheel directory.

import { deref, type MapNode, type Node, type Pair } from "../../text/node.js";
import { remember } from "../../text/remember.js";
import type { TextChange } from "../problem.js";
import { asList, asMap, asString, asValue, field } from "../read.js";
import type { DocumentKind, Manifest } from "../system.js";

export interface PluginItem {
  /** The item itself; an alias where one is written. */
  readonly node: Node;
  readonly map: MapNode;
  readonly classPair: Pair | undefined;
  /** Class path, when it is text. */
  readonly className: string | undefined;
  readonly parameters: Pair | undefined;
  readonly isUploaded: boolean;
}

/** The items of a manifest, read once for all rules. */
export const pluginItems = remember((manifest: Manifest): readonly PluginItem[] => {
  const items = asList(field(manifest.root, "plugins", manifest)?.value)?.items ?? [];
  const read = itemReader(manifest.kind);
  return items.flatMap((node) => (node && read(node)) ?? []);
});

/** An item stays what it is while others are edited. */
const itemReader = remember((kind: DocumentKind) =>
  remember((node: Node): PluginItem | undefined => {
    const map = asMap(node);
    if (!map) return undefined;
    const classPair = field(map, "class", { kind });
    return {
      node,
      map,
      classPair,
      className: isTagged(classPair?.value) ? undefined : asString(classPair?.value, { kind }),
      parameters: field(map, "parameters", { kind }),
      isUploaded: asValue(field(map, "upload_to_controller", { kind })?.value, { kind }) === true,
    };
  }),
);

/** A tag of somebody's own stands for what only its reader knows. */
function isTagged(node: Node | undefined): boolean {
  const tag = node && deref(node)?.tag;
  return tag !== undefined && tag !== "!" && !tag.startsWith("tag:yaml.org,2002:");
}

/** The item at an index of the list as written. */
export function itemAt(manifest: Manifest, index: string | number | undefined): PluginItem | undefined {
  const node = asList(field(manifest.root, "plugins", manifest)?.value)?.items[Number(index)];
  return node && itemReader(manifest.kind)(node);
}

/** Parts of a class path: what the server imports, and what it takes from there. */
export function splitClass(path: string): { readonly module: string; readonly name: string } | undefined {
  const at = path.lastIndexOf(".");
  return at <= 0 || at === path.length - 1 ? undefined : { module: path.slice(0, at), name: path.slice(at + 1) };
}

export interface WheelPath {
  readonly pair: Pair;
  /** Undefined when it is not text: null, or of a type that is refused anyway. */
  readonly text: string | undefined;
}

export function wheelPathOf(manifest: Manifest): WheelPath | undefined {
  const pair = field(manifest.root, "controller_wheel_path", manifest);
  return pair && { pair, text: asString(pair.value, manifest) };
}

/** Nothing, `~`, `null`: what PyYAML reads as None. */
export function isNull(node: Node | undefined, manifest: Manifest): boolean {
  const target = node && deref(node);
  return target === undefined || (target.kind === "scalar" && asValue(target, manifest) === null);
}

/** `[]` or `{}` in the place of a value that is null, or isn't written. */
export function emptyValue({ key, value }: Pair, empty: "[]" | "{}", { parsed }: Manifest): TextChange {
  if (value && value.end > value.start) return { span: [value.start, value.end], newText: empty };
  const afterKey = key?.end ?? 0;
  const colon = parsed.text.indexOf(":", afterKey);
  const at = colon < 0 || /\n/.test(parsed.text.slice(afterKey, colon)) ? afterKey : colon + 1;
  return { span: [at, at], newText: at === afterKey ? `: ${empty}` : ` ${empty}` };
}
