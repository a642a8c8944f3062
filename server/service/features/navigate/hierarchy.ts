// Who needs me, whom do I need, as a call hierarchy: the plugins of one system and their mentions of each other, and manifests
// whose paths lead to other ones or to files in use, as kustomizations do to their bases, or that mention plugins and define none, as PLUGINS does. A
// plugin that no manifest of the workspace defines stands where it is first mentioned.

import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Range,
  SymbolKind,
} from "vscode-languageserver-types";
import type { Mention } from "../../systems/mention.js";
import { fromRoot } from "../../systems/shownPath.js";
import type { Manifest } from "../../systems/system.js";
import { grouped } from "../../text/grouped.js";
import { rangeOf } from "../../text/parsed.js";
import { basename } from "../../text/paths.js";
import { allMentions, type Found, leadingTo, mentionAt, mentionsOf } from "./mentions.js";

/** The kind of mention that stands for a plugin; a manifest that defines one needs the others that it mentions. */
const PLUGIN = "plugin";

export function prepareHierarchy(manifest: Manifest, offset: number): CallHierarchyItem[] {
  const mention = mentionAt(manifest, offset);
  if (mention?.kind === PLUGIN) return itemsOf(manifest, mention);
  const there = mention && ledTo(manifest, mention);
  if (there) return [fileItem(there)];
  if (mention) return [];
  const own = definitionsIn(manifest);
  if (own.length > 0) return own.map((one) => itemOf({ manifest, mention: one }));
  const isOne = neededBy(manifest).length > 0 || leadsOf(manifest).length > 0 || leadingTo(manifest).length > 0;
  return isOne ? [fileItem(manifest)] : [];
}

/** Plugins whose manifests mention the item, or manifests whose paths lead to it. */
export function incoming(manifest: Manifest, offset: number): CallHierarchyIncomingCall[] {
  const mention = mentionAt(manifest, offset);
  if (mention?.kind !== PLUGIN)
    return leadsTo(manifest).map((lead) => ({ from: fileItem(lead.from), fromRanges: lead.ranges }));
  const references = allMentions(manifest, mention).filter((found) => found.mention.role === "reference");
  return [...grouped(references, (found) => [found.manifest])].map(([other, found]) => {
    const own = definitionsIn(other)[0];
    const fromRanges = found.map((one) => rangeOf(other.parsed, one.mention.span));
    return { from: own ? itemOf({ manifest: other, mention: own }) : fileItem(other), fromRanges };
  });
}

/** Plugins that the item's manifest mentions, or manifests that its paths lead to. */
export function outgoing(manifest: Manifest, offset: number): CallHierarchyOutgoingCall[] {
  const mention = mentionAt(manifest, offset);
  if (mention?.kind !== PLUGIN) {
    const leads = leadsOf(manifest).map((lead) => ({ to: fileItem(lead.to), fromRanges: lead.ranges }));
    return [...leads, ...neededBy(manifest)];
  }
  const [home] = allMentions(manifest, mention).filter((found) => found.mention.role === "definition");
  return home ? neededBy(home.manifest) : [];
}

/** The plugins that a manifest mentions, each once. */
function neededBy(manifest: Manifest): CallHierarchyOutgoingCall[] {
  const ranges = new Map<string, { readonly mention: Mention; readonly ranges: Range[] }>();
  for (const one of mentionsOf(manifest)) {
    if (one.kind !== PLUGIN || one.role !== "reference") continue;
    const kept = ranges.get(one.name) ?? { mention: one, ranges: [] };
    kept.ranges.push(rangeOf(manifest.parsed, one.span));
    ranges.set(one.name, kept);
  }
  return [...ranges.values()].flatMap((one) =>
    itemsOf(manifest, one.mention).map((to) => ({ to, fromRanges: one.ranges })),
  );
}

interface Lead {
  readonly from: Manifest;
  readonly to: Manifest;
  readonly ranges: Range[];
}

/** The manifest of the same kind that a path leads to. */
function ledTo(manifest: Manifest, { kind, target }: Mention): Manifest | undefined {
  const to = kind === "file" && target ? manifest.workspace.open(target.path) : undefined;
  const isSame = to?.system === manifest.system && to.kind === manifest.kind && to.parsed.path !== manifest.parsed.path;
  return isSame ? to : undefined;
}

function leadsOf(from: Manifest): Lead[] {
  const leads = new Map<string | undefined, Lead>();
  for (const mention of mentionsOf(from)) {
    const to = ledTo(from, mention);
    if (!to) continue;
    const lead = leads.get(to.parsed.path) ?? { from, to, ranges: [] };
    lead.ranges.push(rangeOf(from.parsed, mention.span));
    leads.set(to.parsed.path, lead);
  }
  return [...leads.values()];
}

function leadsTo(to: Manifest): Lead[] {
  const leads = new Map<Manifest, Lead>();
  for (const { manifest: from, mention } of leadingTo(to)) {
    const lead = leads.get(from) ?? { from, to, ranges: [] };
    lead.ranges.push(rangeOf(from.parsed, mention.span));
    leads.set(from, lead);
  }
  return [...leads.values()];
}

function itemsOf(manifest: Manifest, mention: Mention): CallHierarchyItem[] {
  const defined = allMentions(manifest, mention).filter((found) => found.mention.role === "definition");
  return (defined.length > 0 ? defined : [{ manifest, mention }]).map(itemOf);
}

const definitionsIn = (manifest: Manifest): readonly Mention[] =>
  mentionsOf(manifest).filter(({ kind, role }) => kind === PLUGIN && role === "definition");

function itemOf({ manifest, mention }: Found): CallHierarchyItem {
  const range = rangeOf(manifest.parsed, mention.span);
  return {
    name: mention.name,
    kind: SymbolKind.Module,
    detail: mention.role === "definition" ? placeOf(manifest) : "not in this workspace",
    uri: manifest.parsed.uri,
    range,
    selectionRange: range,
  };
}

/** A manifest as a whole, at its first place, where nothing is mentioned. */
function fileItem(manifest: Manifest): CallHierarchyItem {
  const { parsed } = manifest;
  const range = rangeOf(parsed, [0, 0]);
  const { folder, kind } = manifest;
  const isFolder = folder !== undefined && !parsed.embedding && kind.globs.length > 0;
  const name = isFolder ? basename(folder) : basename(parsed.path ?? placeOf(manifest));
  return { name, kind: SymbolKind.File, detail: placeOf(manifest), uri: parsed.uri, range, selectionRange: range };
}

/** Its path in the workspace. */
function placeOf(manifest: Manifest): string {
  return fromRoot(manifest.parsed.path ?? manifest.parsed.uri, manifest);
}
