// A key that is gone from above its block, found where the block stands below lines that have values of their own already:
//
//     - class: my_plugin.MyPlugin
//         log_path: /var/log/audit.log     <- "parameters:" was above
//
// The schema says which key it may have been; where the lines could as well belong beside the line above, nothing is said.

import type { Validator } from "../schema/validate.js";
import { walkOf } from "../schema/walk.js";
import { manifestFrom } from "../systems/manifest.js";
import type { Fix } from "../systems/problem.js";
import { asMap } from "../systems/read.js";
import type { Manifest } from "../systems/system.js";
import { findChain } from "../text/chain.js";
import { lineAt } from "../text/lines.js";
import { nearest } from "../text/nearest.js";
import { keyText, type MapNode, type Span, type Tree } from "../text/node.js";
import { rewritten } from "../text/parsed.js";
import { readText } from "../text/readText.js";
import { schemasAt } from "./complete/index.js";

export interface LostKey {
  /** The text without the block, as long as it was; and its tree, with one problem at the block's first line. */
  readonly text: string;
  readonly tree: Tree;
  /** The lines of the block. */
  readonly lines: Span;
  readonly fixes: readonly Fix[];
}

/** So many keys are tried, each of which reads the text anew. */
const MOST_TRIED = 12;
/** In a longer text nothing is tried. */
const LONGEST = 6000;

export function lostKey(manifest: Manifest, tree: Tree, validator: Validator): LostKey | undefined {
  const { text, syntax } = manifest.parsed;
  const [problem] = tree.problems;
  if (!problem || syntax !== "yaml" || text.length > LONGEST) return undefined;
  for (const block of blocksAt(text, problem.span[0])) {
    const found = withoutKey(manifest, block, validator);
    if (found) return found;
  }
  return undefined;
}

function withoutKey(manifest: Manifest, block: Block, validator: Validator): LostKey | undefined {
  const { parsed } = manifest;
  const { text, syntax, eol } = parsed;
  const read = (changed: string) => {
    const { tree: after } = readText(changed, syntax);
    const like = manifestFrom(manifest, rewritten(parsed, changed, after));
    return { tree: after, like, faults: validator.validate(like.schema, like.value).length };
  };
  const [start, end] = block.lines;
  const bare = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, " ") + text.slice(end);
  const without = read(bare);
  if (without.tree.problems.length > 0) return undefined;
  const adds = (changed: string) => {
    const { tree: after, faults } = read(changed);
    return after.problems.length > 0 || faults > without.faults;
  };
  const found = keysAt(without.like, block).filter(
    ({ name }) => !adds(`${text.slice(0, start)}${block.indent}${name}:${eol}${text.slice(start)}`),
  );
  const telling = found.filter(({ isTelling }) => isTelling);
  const names = (telling.length > 0 ? telling : found).map(({ name }) => name);
  const beside = text.slice(0, start) + besideAbove(text.slice(start, end), block.indent) + text.slice(end);
  if (names.length === 0 || (telling.length === 0 && (block.isGuess || !adds(beside)))) return undefined;
  const fixes = names.map((name) => ({
    title: `Add "${name}:" above`,
    edits: [{ span: [start, start] as const, newText: `${block.indent}${name}:${eol}` }],
    safe: names.length === 1,
  }));
  const which = names.length === 1 ? `add "${names[0]}:"` : `add one such as "${names[0]}:"`;
  const message = `no key above is open for this, so the one that it belongs to is missing; ${which}`;
  const [, firstEnd] = lineAt(text, start);
  const shown = [firstEnd - text.slice(start, firstEnd).trimStart().length, firstEnd] as const;
  return {
    text: bare,
    tree: { ...without.tree, problems: [{ span: shown, message }] },
    lines: block.lines,
    fixes,
  };
}

/** The lines in the column of the complete one. */
function besideAbove(lines: string, indent: string): string {
  const [own = ""] = /^ */.exec(lines) ?? [];
  return lines.replace(new RegExp(`^${own}`, "gm"), indent);
}

interface Block {
  readonly lines: Span;
  /** Offset of the key that the lost one stood beside. */
  readonly beside: number;
  /** Blanks up to the column of that key. */
  readonly indent: string;
  readonly isList: boolean;
  /** Whether its items may as well stand in a wrong column, as long as their keys tell of no other list. */
  readonly isGuess: boolean;
  /** Keys of the block's own level, or of its items. */
  readonly keys: readonly string[];
}

const KEY = /^( *(?:- +)*)["']?[A-Za-z_][\w.-]*["']?:(?:[ \t]+([^\s#|>&!].*))?[ \t]*$/;
const MEMBER = /^(?:- |["']?[A-Za-z_][\w./-]*["']?:(?:\s|$))/;

/** Blocks that begin at the line of a problem, or at one next to it. */
function blocksAt(text: string, at: number): readonly Block[] {
  const [own] = lineAt(text, at);
  const above = own === 0 ? own : lineAt(text, own - 1)[0];
  return [...new Set([own, nextLine(text, own), above])].flatMap((start) => blocksFrom(text, start));
}

function blocksFrom(text: string, start: number): readonly Block[] {
  if (start >= text.length) return [];
  const first = text.slice(...lineAt(text, start));
  const depth = first.length - first.trimStart().length;
  const isList = first.trimStart().startsWith("- ");
  const heads = MEMBER.test(first.trimStart()) ? headsOf(text, start, depth, isList) : [];
  return heads.map((head) => blockBelow(text, start, depth, isList, head));
}

function blockBelow(text: string, start: number, depth: number, isList: boolean, head: Head): Block {
  const isOver = (line: string) => {
    const own = line.length - line.trimStart().length;
    return own < depth || (own === head.column && !line.trimStart().startsWith("-"));
  };
  let end = start;
  const keys: string[] = [];
  for (let at = start; at < text.length; at = nextLine(text, at)) {
    const [, stop] = lineAt(text, at);
    const line = text.slice(at, stop);
    if (line.trim() === "") continue;
    if (isOver(line)) break;
    end = stop;
    const [, blank = "", dash = "", key] = /^( *)(- +)?["']?([\w./-]+)["']?:/.exec(line) ?? [];
    if (key !== undefined && blank.length + dash.length === (isList ? depth + 2 : depth)) keys.push(key);
  }
  const { column } = head;
  return {
    lines: [start, end],
    beside: head.start + column,
    indent: " ".repeat(column),
    isList,
    isGuess: head.isGuess,
    keys,
  };
}

interface Head {
  /** Of its line. */
  readonly start: number;
  readonly column: number;
  readonly isGuess: boolean;
}

/**
 * The nearest line above whose key stands before the block's column, where the block isn't simply its value. Items below
 * other items may only stand in a wrong column: unless those begin with another key, when each line further out may be it.
 */
function headsOf(text: string, start: number, depth: number, isList: boolean): readonly Head[] {
  const guesses: Head[] = [];
  const first = ITEM.exec(text.slice(start))?.[1];
  let [bound, isTwin] = [depth, false];
  for (let [at, isNext] = [start, true]; at > 0; isNext = false) {
    [at] = lineAt(text, at - 1);
    const line = text.slice(...lineAt(text, at));
    if (/^\s*(#|$)/.test(line)) continue;
    if (first !== undefined && ITEM.exec(line)?.[1] === first) isTwin = true;
    const [, before, value] = KEY.exec(line) ?? [];
    const column = before?.length ?? 0;
    // Between the dash of an item and its keys it only stands in a wrong column.
    if (before?.includes("-") && before.indexOf("-") < depth && depth < column) return guesses;
    const isOutside = column < bound || (isList && column === depth && before?.trim() === "");
    if (before === undefined || !isOutside) continue;
    if (value !== undefined || (!isNext && !isList))
      return guesses.length > 0 ? guesses : [{ start: at, column, isGuess: false }];
    if (isNext || isTwin) return guesses;
    guesses.push({ start: at, column, isGuess: true });
    bound = column;
    if (bound === 0) break;
  }
  return guesses;
}

const ITEM = /^ *- +["']?([A-Za-z_][\w.-]*)["']?:/;

/** Where the next line begins; the text's end after the last one. */
function nextLine(text: string, at: number): number {
  const feed = text.indexOf("\n", at);
  return feed < 0 ? text.length : feed + 1;
}

interface Candidate {
  readonly name: string;
  /** Its schema lists the very keys of the block. */
  readonly isTelling: boolean;
}

/** Keys whose value may be the block, of the map that the complete line belongs to. */
function keysAt(manifest: Manifest, { beside, isList, keys }: Block): readonly Candidate[] {
  const { reading } = manifest.kind;
  const step = findChain(manifest.root, beside).findLast(({ node }) => node.kind === "map");
  const map = asMap(step?.node);
  if (!step || !map) return [];
  const walk = walkOf(manifest.schema, reading);
  const schemas = schemasAt(manifest, walk, step.at);
  const known = schemas.flatMap(({ properties = {} }) => Object.keys(properties));
  // Lines that are indented too far, whose own keys belong here.
  if (!isList && keys.some((key) => nearest(key, known).length > 0)) return [];
  const wanted = isList ? "array" : "object";
  return [...new Set(known)]
    .filter((name) => !isIn(map, name))
    .flatMap((name) => {
      const below = walk
        .expand(walk.property(schemas, name), undefined)
        .filter(({ type, deprecationMessage }) => [type ?? []].flat().includes(wanted) && !deprecationMessage);
      const members = isList ? walk.expand(walk.items(below), undefined) : below;
      const isTelling = members.some(({ properties = {} }) => keys.every((key) => Object.hasOwn(properties, key)));
      return below.length > 0 ? [{ name, isTelling: isTelling && keys.length > 0 }] : [];
    })
    .slice(0, MOST_TRIED);
}

const isIn = ({ pairs }: MapNode, name: string): boolean => pairs.some((pair) => keyText(pair) === name);
