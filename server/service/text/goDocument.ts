// What Go's YAML reader never reads: it takes one document from each section between "---" lines, and that document ends
// at "...", behind a root in braces, or at a line that is indented less than its first one. The rest may be anything.

import type { Parsed } from "./parsed.js";
import { readText } from "./readText.js";

/** The snapshot with the tree that Go's reader would make of it: the same where everything is read. */
export const asGoReads = (parsed: Parsed): Parsed => readingOf(parsed).parsed;

/** Where something begins that is never read, in the first section. */
export const unreadStart = (parsed: Parsed): number | undefined => readingOf(parsed).unread;

interface GoReading {
  readonly parsed: Parsed;
  readonly unread: number | undefined;
}

function readingOf(parsed: Parsed): GoReading {
  const known = READ.get(parsed);
  if (known) return known;
  const parts = unreadOf(parsed);
  const [first] = parts;
  if (!first) return { parsed, unread: undefined };
  const read = { ...parsed, tree: readText(blanked(parsed.text, parts), parsed.syntax).tree };
  const reading = {
    parsed: read,
    unread: /\n---\s/.test(parsed.text.slice(0, first[0])) ? undefined : firstWord(parsed.text, first),
  };
  READ.set(parsed, reading);
  READ.set(read, reading);
  return reading;
}

const READ = new WeakMap<Parsed, GoReading>();

/** Comments are no loss. */
const firstWord = (text: string, [start, end]: Part): number | undefined => {
  const blank = /^(?:\s|#.*)*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + blank < end ? start + blank : undefined;
};

type Part = readonly [start: number, end: number];

/** Parts that are never read. Texts without mistakes have none but those behind "...". */
function unreadOf(parsed: Parsed): readonly Part[] {
  const { text } = parsed;
  const hasEnd = /^\.\.\.(\s|$)/m.test(text);
  if (!hasEnd && parsed.tree.problems.length === 0) return [];
  return sectionsOf(text).flatMap(([start, end]): Part[] => {
    const from = endOfDocument(text.slice(start, end));
    return from === undefined || text.slice(start + from, end).trim() === "" ? [] : [[start + from, end]];
  });
}

function sectionsOf(text: string): Part[] {
  const starts = [0, ...[...text.matchAll(/\n---(?=\s)/g)].map(({ index }) => index + 4)];
  return starts.map((start, at): Part => [start, at + 1 < starts.length ? (starts[at + 1] ?? 0) - 4 : text.length]);
}

function endOfDocument(section: string): number | undefined {
  const first = /^(?:\uFEFF?[ \t]*(?:#.*|%.*|---[ \t]*(?:#.*)?)?\r?\n)*( *)(?=\S)/.exec(section);
  if (!first) return undefined;
  const root = first[0].length;
  const found = [lastMarker(section), behindBraces(section, root), lessIndented(section, root, first[1]?.length ?? 0)];
  const ends = found.filter((one) => one !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function lastMarker(section: string): number | undefined {
  const marker = /^\.\.\.(?=\s|$)/m.exec(section);
  return marker ? marker.index + 3 : undefined;
}

/** Behind the last brace of a root in braces; what follows must be something that a document can begin with. */
function behindBraces(section: string, root: number): number | undefined {
  if (!"{[".includes(section.charAt(root))) return undefined;
  const parts = /"(?:[^"\\]|\\[\s\S])*"|'[^']*'|(?<=\s)#.*|[{}[\]]/g;
  parts.lastIndex = root;
  let depth = 0;
  for (let part = parts.exec(section); part; part = parts.exec(section)) {
    if ("{[".includes(part[0])) depth++;
    else if ("}]".includes(part[0]) && --depth === 0) {
      const end = parts.lastIndex;
      return /^\s*([}\]]|(#.*)?\n\s*[\w}\]])/.test(section.slice(end)) ? end : undefined;
    }
  }
  return undefined;
}

const MOST_TRIES = 5;

/** The first line with less indentation than the root, unless a quoted text or braces run over it. */
function lessIndented(section: string, root: number, column: number): number | undefined {
  if (column === 0 || section.charAt(root) === "-") return undefined;
  const lines = new RegExp(`^ {0,${column - 1}}(?=[\\w"'{\\[-])`, "gm");
  lines.lastIndex = root;
  let tries = 0;
  for (let line = lines.exec(section); line && tries < MOST_TRIES; line = lines.exec(section)) {
    tries++;
    if (readText(section.slice(0, line.index), "yaml").tree.problems.length === 0) return line.index;
    if (line[0] === "") lines.lastIndex++;
  }
  return undefined;
}

/** The text with blanks in place of some parts, so that every other place stays where it is. */
function blanked(text: string, parts: readonly Part[]): string {
  let read = text;
  for (const [start, end] of parts)
    read = `${read.slice(0, start)}${read.slice(start, end).replace(/[^\r\n]/g, " ")}${read.slice(end)}`;
  return read;
}
