// Who needs me, whom do I need: the plugins of one system and their mentions of each other, as a call hierarchy. A plugin
// that no manifest of the workspace defines stands where it is first mentioned.

import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Range,
  SymbolKind,
} from "vscode-languageserver-types";
import type { Mention } from "../../systems/mention.js";
import type { Manifest } from "../../systems/system.js";
import { rangeOf } from "../../text/parsed.js";
import { relativeTo } from "../../text/paths.js";
import { allMentions, type Found, mentionAt, mentionsOf } from "./mentions.js";

/** The kind of mention that stands for a plugin; a manifest that defines one needs the others that it mentions. */
const PLUGIN = "plugin";

export function prepareHierarchy(manifest: Manifest, offset: number): CallHierarchyItem[] {
  const mention = mentionAt(manifest, offset);
  return mention?.kind === PLUGIN ? itemsOf(manifest, mention) : [];
}

/** Plugins whose manifests mention the item. */
export function incoming(manifest: Manifest, offset: number): CallHierarchyIncomingCall[] {
  const mention = mentionAt(manifest, offset);
  if (mention?.kind !== PLUGIN) return [];
  const byManifest = new Map<Manifest, Found[]>();
  for (const found of allMentions(manifest, mention)) {
    if (found.mention.role === "reference")
      byManifest.set(found.manifest, [...(byManifest.get(found.manifest) ?? []), found]);
  }
  return [...byManifest].flatMap(([other, found]) => {
    const own = definitionsIn(other)[0];
    const fromRanges = found.map((one) => rangeOf(other.parsed, one.mention.span));
    return own ? [{ from: itemOf({ manifest: other, mention: own }), fromRanges }] : [];
  });
}

/** Plugins that the item's manifest mentions. */
export function outgoing(manifest: Manifest, offset: number): CallHierarchyOutgoingCall[] {
  const mention = mentionAt(manifest, offset);
  if (mention?.kind !== PLUGIN) return [];
  const [home] = allMentions(manifest, mention).filter((found) => found.mention.role === "definition");
  if (!home) return [];
  const ranges = new Map<string, { readonly mention: Mention; readonly ranges: Range[] }>();
  for (const one of mentionsOf(home.manifest)) {
    if (one.kind !== PLUGIN || one.role !== "reference") continue;
    const kept = ranges.get(one.name) ?? { mention: one, ranges: [] };
    kept.ranges.push(rangeOf(home.manifest.parsed, one.span));
    ranges.set(one.name, kept);
  }
  return [...ranges.values()].flatMap((one) =>
    itemsOf(home.manifest, one.mention).map((to) => ({ to, fromRanges: one.ranges })),
  );
}

function itemsOf(manifest: Manifest, mention: Mention): CallHierarchyItem[] {
  const defined = allMentions(manifest, mention).filter((found) => found.mention.role === "definition");
  return (defined.length > 0 ? defined : [{ manifest, mention }]).map(itemOf);
}

const definitionsIn = (manifest: Manifest): readonly Mention[] =>
  mentionsOf(manifest).filter(({ kind, role }) => kind === PLUGIN && role === "definition");

function itemOf({ manifest, mention }: Found): CallHierarchyItem {
  const { parsed, workspace } = manifest;
  const range = rangeOf(parsed, mention.span);
  const path = parsed.path ?? parsed.uri;
  const root = workspace.roots.find((one) => path.startsWith(`${one}/`));
  const detail = root === undefined ? path : relativeTo(root, path);
  return {
    name: mention.name,
    kind: SymbolKind.Module,
    detail: mention.role === "definition" ? detail : "not in this workspace",
    uri: parsed.uri,
    range,
    selectionRange: range,
  };
}
