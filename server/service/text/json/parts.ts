// Reads a JSON text in parts: the members of its root, and those of each long list or object right under the root, one by
// one. An edit inside a member costs the reading of that member; see parts.ts for the promise.

import type { Node as JsonNode } from "jsonc-parser";
import type { Change } from "../difference.js";
import type { Node, Pair, SyntaxProblem, Tree } from "../node.js";
import { lastAt, type PlacedProblem, problemsNow, type Reading } from "../parts.js";
import { LongList, LongMap, LongPair, Origin } from "../placed.js";
import { Splice, type Stretches } from "../splice.js";
import { isJson } from "./isJson.js";
import { convertJson, convertProperty, jsonTree, readJsonText } from "./tree.js";

/** An object or a list in parts. `origin` is its first character, `close` the end of its last. */
interface Level {
  readonly kind: "map" | "list";
  readonly origin: Origin;
  readonly close: Origin;
  readonly members: readonly Member[];
  readonly node: Node;
}

/** A pair or an item as it stands, or a pair whose value is in parts. */
interface Member {
  readonly origin: Origin;
  readonly length: number;
  readonly pair?: Pair;
  readonly item?: Node | undefined;
  /** The object or list in the pair's value. */
  readonly inner?: Level;
}

interface State {
  readonly root: Level;
  readonly problems: readonly PlacedProblem[];
}

/** Shorter objects and lists under the root are read with their member. */
const LONG = 8;

/** The text in parts, where it has some and all that is wrong with it is within them; else as a whole. */
export function readJsonParts(text: string): Reading {
  const read = readJsonText(text);
  const { root, problems } = read;
  const isLevel = root?.type === "object" || root?.type === "array";
  const state = isLevel ? mended(levelOf(root, true), text, problems) : undefined;
  return state ? readingOf(state, text.length) : { tree: jsonTree(text, read) };
}

/** The members in which something is wrong, read by themselves; undefined where something is wrong between them. */
function mended(root: Level, text: string, problems: readonly SyntaxProblem[]): State | undefined {
  let state: State = { root, problems: [] };
  let rest = text;
  const whole = new Splice(text);
  for (const { span } of problems) {
    const change = { start: span[0], end: span[1], newEnd: span[1] };
    const found = memberIn(state.root, change);
    if (!found) return undefined;
    const { member, kind } = found;
    const filler = (kind === "map" ? '"":0' : "0").padEnd(member.length);
    const end = member.origin.at + member.length;
    rest = `${rest.slice(0, member.origin.at)}${filler}${rest.slice(end)}`;
    const next = edited(state, whole, change);
    if (!next) return undefined;
    state = next;
  }
  if (problems.length === 0) return state;
  return state.problems.length === problems.length && isJson(rest) ? state : undefined;
}

function memberIn(root: Level, change: Change): { readonly member: Member; readonly kind: Level["kind"] } | undefined {
  const outer = memberAround(root, change);
  const member = outer === undefined ? undefined : root.members[outer];
  if (!member?.inner) return member && { member, kind: root.kind };
  const index = memberAround(member.inner, change);
  const inner = index === undefined ? undefined : member.inner.members[index];
  return inner && { member: inner, kind: member.inner.kind };
}

function readingOf(state: State, length: number): Reading {
  return {
    tree: treeOf(state, length),
    after: (text, change) => {
      const changed = edited(state, text, change);
      return changed && readingOf(changed, text.length);
    },
  };
}

const treeOf = ({ root, problems }: State, length: number): Tree => ({
  documents: [{ start: 0, end: length, root: root.node }],
  problems: problemsNow(problems),
  hasAliases: false,
});

function levelOf(node: JsonNode, isRoot: boolean): Level {
  const kind = node.type === "array" ? "list" : "map";
  const members = (node.children ?? []).map((child): Member => {
    const base = { origin: new Origin(child.offset), zero: child.offset };
    const { origin } = base;
    if (kind === "list") return { origin, length: child.length, item: convertJson(child, base) };
    const [key, value] = child.children ?? [];
    if (isRoot && key && value?.children && value.children.length >= LONG)
      return withInner(origin, child.length, convertJson(key, base), levelOf(value, false));
    const pair = convertProperty(child, base);
    return { origin, length: child.length, ...(pair && { pair }) };
  });
  return level(kind, new Origin(node.offset), new Origin(node.offset + node.length), members);
}

/** Long lists are copied as a whole, not member by member, where each has its pair. */
function withMember({ kind, origin, close, members, node }: Level, index: number, member: Member): Level {
  const next = members.with(index, member);
  const { pair } = member;
  if (node.kind !== "map" || !pair || node.pairs.length !== members.length) return level(kind, origin, close, next);
  return { kind, origin, close, members: next, node: mapOf(origin, close, node.pairs.with(index, pair)) };
}

const mapOf = (origin: Origin, close: Origin, pairs: readonly Pair[]): LongMap =>
  new LongMap({ start: () => origin.at, end: () => close.at }, true, pairs);

function level(kind: Level["kind"], origin: Origin, close: Origin, members: readonly Member[]): Level {
  const extent = { start: () => origin.at, end: () => close.at };
  const node =
    kind === "list"
      ? new LongList(
          extent,
          true,
          members.map(({ item }) => item),
        )
      : mapOf(
          origin,
          close,
          members.flatMap(({ pair }) => pair ?? []),
        );
  return { kind, origin, close, members, node };
}

function withInner(origin: Origin, length: number, key: Node | undefined, inner: Level): Member {
  const extent = { start: () => origin.at, end: () => inner.close.at };
  return { origin, length, pair: new LongPair(extent, key, inner.node), inner };
}

/** The state after an edit within one member; undefined where it touches what lies between members. */
function edited({ root, problems }: State, text: Stretches, change: Change): State | undefined {
  const outer = memberAround(root, change);
  if (outer === undefined) return undefined;
  const { inner } = root.members[outer] ?? {};
  const around = inner ?? root;
  const index = inner ? memberAround(inner, change) : outer;
  const member = index === undefined ? undefined : around.members[index];
  if (index === undefined || !member) return undefined;
  const delta = change.newEnd - change.end;
  const read = readMember(text, around.kind, member.origin.at, member.length + delta);
  if (!read) return undefined;
  const kept = problems.filter(({ origin }) => origin !== member.origin);
  moveAfter(around, index, delta);
  if (inner) moveAfter(root, outer, delta);
  const next = withMember(around, index, read.member);
  return { root: inner ? withLevel(root, outer, next, delta) : next, problems: [...kept, ...read.problems] };
}

function withLevel(root: Level, at: number, inner: Level, delta: number): Level {
  const former = root.members[at];
  if (!former) return root;
  const member = withInner(former.origin, former.length + delta, former.pair?.key, inner);
  return level(root.kind, root.origin, root.close, root.members.with(at, member));
}

/** The member that holds the whole change, its first and last character left as they are. */
function memberAround({ members }: Level, { start, end }: Change): number | undefined {
  const index = lastAt(members.length, (at) => members[at]?.origin.at ?? 0, start);
  const member = members[index];
  return member && member.origin.at < start && end <= member.origin.at + member.length ? index : undefined;
}

interface ReadMember {
  readonly member: Member;
  readonly problems: readonly PlacedProblem[];
}

/** One member read by itself, in brackets of its own. */
function readMember(text: Stretches, kind: Level["kind"], at: number, length: number): ReadMember | undefined {
  const own = text.slice(at, at + length);
  const { root, problems } = readJsonText(kind === "map" ? `{${own}}` : `[${own}]`);
  const [child, more] = root?.children ?? [];
  // All of it has to be this one member: what reaches beyond it would have gone on in the file.
  if (!root || root.length !== length + 2 || !child || more || child.offset !== 1 || child.length !== length)
    return undefined;
  if (kind === "map" && child.children?.length !== 2) return undefined;
  if (problems.some(({ span, message }) => span[0] > length || ODD.test(message))) return undefined;
  const base = { origin: new Origin(at), zero: 1 };
  const { origin } = base;
  const found = problems.map(({ span, message }) => ({ origin, from: span[0] - 1, to: span[1] - 1, message }));
  if (kind === "list") return { member: { origin, length, item: convertJson(child, base) }, problems: found };
  const pair = convertProperty(child, base);
  return pair && { member: { origin, length, pair }, problems: found };
}

/** What only the whole text can settle. */
const ODD = /^not valid JSON|^comments are|^this comment|^nested deeper|^nothing may follow/;

function moveAfter({ members, close }: Level, index: number, delta: number): void {
  for (let at = index + 1; at < members.length; at++) {
    const member = members[at];
    if (!member) continue;
    member.origin.at += delta;
    if (!member.inner) continue;
    member.inner.origin.at += delta;
    moveAfter(member.inner, -1, delta);
  }
  close.at += delta;
}
