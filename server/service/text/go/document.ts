// What Go's YAML reader never reads: it takes one document from each section between "---" lines, and that document ends
// at "...", behind a root in braces, or at a line that is indented less than its first one. The rest may be anything.

import { isTooDeep } from "../depth.js";
import type { Span, SyntaxProblem } from "../node.js";
import type { Parsed } from "../parsed.js";
import { readText } from "../readText.js";
import type { Snapshot } from "../snapshot.js";
import { readYaml } from "../yaml/tree.js";
import { goDocumentIn } from "./refusal.js";

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
  const reading = isOrdinary(parsed) ? { parsed, unread: undefined } : read(parsed);
  READ.set(parsed, reading);
  READ.set(reading.parsed, reading);
  return reading;
}

/** Longer texts are read at each key: what stands in them is looked at for what both readers tell apart for certain. */
const LONG = 50_000;

/** Whether it is certain, at a glance, that Go's reader takes the text as it stands. */
const isOrdinary = (parsed: Parsed): boolean => !mayDiffer(parsed) || isTooDeep(parsed.text);

function mayDiffer({ source, tree }: Parsed): boolean {
  const isBroken = tree.problems.length > 0;
  if (source.length <= LONG) return isBroken || /[\t[{"'%]|\?(?=\s|$)|^\.\.\./m.test(source.getText());
  if (isBroken) return begins(source, "...") || begins(source, "---");
  const mayBeTab = () => source.count("\t") > 0 && /^[ -]*\t/m.test(source.getText());
  return begins(source, "...") || begins(source, "%") || mayBeTab();
}

/** Some line begins so. */
export const begins = (source: Snapshot, letters: string): boolean =>
  source.slice(0, letters.length) === letters || source.count(`\n${letters}`) > 0;

function read(parsed: Parsed): GoReading {
  const { text, syntax } = parsed;
  const unread: Part[] = [];
  const lenient: Part[] = [];
  const dashes = new Set<number>();
  const taken: Part[] = [];
  const refusals: SyntaxProblem[] = [];
  for (const [start, end] of sectionsOf(text)) {
    const document = goDocumentIn(text.slice(start, end));
    const { refusal } = document;
    if (refusal) {
      const at = Math.min(start + refusal.at, Math.max(text.length - 1, 0));
      refusals.push({ span: [at, at + 1], message: refusal.message });
      continue;
    }
    const stop = start + document.end + (text.startsWith("...", start + document.end) ? 3 : 0);
    if (text.slice(stop, end).trim() !== "") unread.push([stop, end]);
    taken.push([start, end]);
    for (const [from, to] of document.lenient) lenient.push([start + from, start + to]);
    for (const at of document.dashes) dashes.add(start + at);
  }
  const isStrict = parsed.tree.problems.length > 0;
  const gaps = isStrict ? lenient : [];
  const isWhole = unread.length + gaps.length === 0;
  const read = isWhole ? text : blanked(blanked(text, unread, /[^\r\n]/g), gaps, /[\s\S]/g);
  const tree =
    dashes.size > 0
      ? readYaml(read, dashes)
      : isWhole
        ? parsed.tree
        : readText(read, syntax === "json" ? "yaml" : syntax).tree;
  const isTaken = (at: number) => taken.some(([start, end]) => start <= at && at < end);
  // A tab is where Go says; stricter readers tell it by lines around it.
  const tabs = refusals.filter(({ span }) => text[span[0]] === "\t");
  const kept = tree.problems.filter(
    ({ span }) => !isTaken(span[0]) && !tabs.some((tab) => isNear(text, span, tab.span)),
  );
  const added = refusals.filter((one) => !kept.some(({ span }) => isNear(text, span, one.span)));
  const problems = [...kept, ...added].sort((one, other) => one.span[0] - other.span[0]);
  const [first] = unread;
  return {
    parsed: { ...parsed, tree: { ...tree, problems } },
    unread: first && !/\n---\s/.test(text.slice(0, first[0])) ? firstWord(text, first) : undefined,
  };
}

/** Whether both stand in one document: the stricter reader's words for what is wrong there are better. */
const isNear = (text: string, [one]: Span, [other]: Span): boolean =>
  !/^---\s/m.test(text.slice(Math.min(one, other), Math.max(one, other)).slice(1));

const READ = new WeakMap<Parsed, GoReading>();

/** Comments are no loss. */
const firstWord = (text: string, [start, end]: Part): number | undefined => {
  const blank = /^(?:\s|#.*)*/.exec(text.slice(start, end))?.[0].length ?? 0;
  return start + blank < end ? start + blank : undefined;
};

type Part = readonly [start: number, end: number];

function sectionsOf(text: string): Part[] {
  const starts = [0, ...[...text.matchAll(/\n---(?=\s)/g)].map(({ index }) => index + 4)];
  return starts.map((start, at): Part => [start, at + 1 < starts.length ? (starts[at + 1] ?? 0) - 4 : text.length]);
}

/** The text with blanks in place of letters in some parts, so that every other place stays where it is. */
function blanked(text: string, parts: readonly Part[], letters: RegExp): string {
  const pieces: string[] = [];
  let done = 0;
  for (const [start, end] of parts) {
    pieces.push(text.slice(done, start), text.slice(start, end).replace(letters, " "));
    done = end;
  }
  return pieces.join("") + text.slice(done);
}
