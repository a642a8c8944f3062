// The outline: maps, lists and fields as a tree, items named by what tells them apart.

import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { Manifest } from "../systems/system.js";
import { deref, keyText, type Node, type Pair, type Span } from "../text/node.js";
import { rangeOf } from "../text/parsed.js";

export function symbols(manifest: Manifest): DocumentSymbol[] {
  const { root } = manifest;
  return root ? below(manifest, root) : [];
}

function below(manifest: Manifest, node: Node): DocumentSymbol[] {
  if (node.kind === "map") return node.pairs.map((pair) => ofPair(manifest, pair));
  if (node.kind !== "list") return [];
  return node.items.flatMap((item, i) => (item && item.end > item.start ? [ofItem(manifest, item, i)] : []));
}

function ofPair(manifest: Manifest, pair: Pair): DocumentSymbol {
  const key: Span = pair.key ? [pair.key.start, pair.key.end] : [pair.start, pair.end];
  const whole: Span = [pair.start, Math.max(pair.end, key[1])];
  return symbol(manifest, keyText(pair) || "(key)", pair.value, whole, key);
}

function ofItem(manifest: Manifest, item: Node, index: number): DocumentSymbol {
  return symbol(manifest, nameOf(item) ?? `${index}`, item, [item.start, item.end], [item.start, item.end]);
}

function symbol(
  manifest: Manifest,
  name: string,
  value: Node | undefined,
  whole: Span,
  selection: Span,
): DocumentSymbol {
  const detail = value?.kind === "scalar" ? value.text.split("\n")[0]?.slice(0, 80) : undefined;
  const children = value ? below(manifest, value) : [];
  return {
    name: name.slice(0, 120) || " ",
    ...(detail && detail !== name && { detail }),
    kind: kindOf(value),
    range: rangeOf(manifest.parsed, whole),
    selectionRange: rangeOf(manifest.parsed, selection),
    ...(children.length > 0 && { children }),
  };
}

/** Fields that name an item, in the words of the four systems. */
const NAMING = ["name", "class", "title", "path", "kind"];

function nameOf(item: Node): string | undefined {
  const node = deref(item);
  if (node?.kind === "scalar") return node.text;
  if (node?.kind !== "map") return undefined;
  for (const name of NAMING) {
    const value = node.pairs.find((pair) => keyText(pair) === name)?.value;
    if (value?.kind === "scalar" && value.text !== "") return value.text;
  }
  return undefined;
}

function kindOf(value: Node | undefined): SymbolKind {
  if (value?.kind === "map") return SymbolKind.Object;
  if (value?.kind === "list") return SymbolKind.Array;
  return value?.kind === "scalar" && value.style !== "plain" ? SymbolKind.String : SymbolKind.Field;
}
