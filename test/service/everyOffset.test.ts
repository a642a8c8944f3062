// Typing through every fixture, in LF and CRLF: no feature throws or takes long at any offset of the text, at the end of any of its
// beginnings and inside them, and accepting a completion brings no new syntax problem.
//
// All of that is some eight million places, two hours on one core. `EVERY_OFFSET=all` visits each of them: every feature at every
// offset of every beginning of every fixture. A run without it visits one place in SHARES, always the same, so that a run says
// something of the change under test alone; `EVERY_OFFSET=5` visits the share with this number. All SHARES together cover every
// offset of every whole text and the end of every beginning, in one kind of line ends; inside of beginnings they look at one
// offset each.

import assert from "node:assert/strict";
import type { CompletionItem, Position } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import {
  createLanguageService,
  DEFAULT_SETTINGS,
  FIX_ALL,
  type Manifest,
  parseText,
  recognise,
  usedDocument,
  type Workspace,
} from "../../server/service/index.js";
import { asGoReads, unreadStart } from "../../server/service/text/go/document.js";
import type { SyntaxProblem } from "../../server/service/text/node.js";
import { accept } from "../harness/accept.js";
import type { Fixture } from "../harness/fixture.js";
import { fixtureCases } from "../harness/fixtures.js";
import { openFixture } from "../harness/workspace.js";

const service = createLanguageService();
const SHARES = 32;
const asked = process.env.EVERY_OFFSET ?? "0";
const all = asked === "all";
const share = Number(asked);
const isDue = (place: number): boolean => all || (place + share) % SHARES === 0;
/** Completions that are accepted at one offset; which of them depends on the offset, so that each has its turn. */
const ACCEPTED = 10;
/** Milliseconds of computing that all features together may take at one place. */
const BUDGET = 1500;

describe(`every offset (${all ? "all" : `share ${share % SHARES}`})`, function () {
  this.timeout(all ? 0 : 60_000);
  const seen = new Set<string>();
  for (const { name, fixture } of fixtureCases()) {
    const at = numberOf(name);
    const opened = openFixture(fixture);
    if (!opened.manifest && !opened.used) continue;
    it(name, () => {
      const eols = all ? (["\n", "\r\n"] as const) : [(at + share) % 2 === 0 ? ("\n" as const) : ("\r\n" as const)];
      for (const eol of eols) typeThrough(fixture, at, eol, seen);
    });
  }
});

/** By its name, so that another fixture beside it changes nothing. */
function numberOf(name: string): number {
  let number = 0;
  for (const letter of name) number = (number * 31 + (letter.codePointAt(0) ?? 0)) % 65_536;
  return number;
}

function typeThrough(fixture: Fixture, at: number, eol: "\n" | "\r\n", seen: Set<string>): void {
  const { workspace } = openFixture(fixture, eol);
  const text = (fixture.files[0]?.text ?? "").replace(/\n/g, eol);
  for (let offset = 0; offset <= text.length; offset++) {
    // Fixtures begin alike; spread by their number, their shares differ.
    if (!isDue(offset + at * 5) || isInLineEnd(text, offset)) continue;
    visit({ fixture, workspace, text, offset, turn: offset });
    const beginning = text.slice(0, offset);
    const key = `${fixture.files[0]?.path} ${beginning}`;
    if (all && seen.has(key)) continue;
    seen.add(key);
    visit({ fixture, workspace, text: beginning, offset, turn: offset });
    const inside = all
      ? Array.from({ length: offset }, (_, one) => one)
      : offset > 1
        ? [(offset * 7 + at) % offset]
        : [];
    for (const one of inside)
      if (!isInLineEnd(text, one)) visit({ fixture, workspace, text: beginning, offset: one, turn: offset });
  }
}

/** No editor has a place there. */
const isInLineEnd = (text: string, offset: number): boolean => text.startsWith("\r\n", offset - 1);

interface Place {
  readonly fixture: Fixture;
  readonly workspace: Workspace;
  readonly text: string;
  readonly offset: number;
  readonly turn: number;
}

function visit(place: Place): void {
  const began = performance.now();
  tryAll(place);
  if (performance.now() - began < BUDGET) return;
  // On a busy machine what takes long may compute little. Asking how much takes long itself, so only then.
  const before = process.cpuUsage();
  tryAll(place);
  const { user } = process.cpuUsage(before);
  const { text, offset } = place;
  assert.ok(user < BUDGET * 1000, `${Math.round(user / 1000)} ms at ${offset} of ${JSON.stringify(text)}`);
}

function tryAll({ fixture, text, offset, turn, workspace }: Place): void {
  const uri = URI.file(fixture.files[0]?.path ?? "/x").toString();
  const parsed = parseText(uri, text);
  const settings = { ...DEFAULT_SETTINGS, ...fixture.settings };
  const { manifest: own } = recognise(parsed, workspace, settings);
  const manifest = own ?? usedDocument(parsed, workspace, settings);
  if (!manifest) return;
  const position = parsed.document.positionAt(offset);
  if (own) {
    service.hover(own, position);
    navigate(own, position);
    if (text.length === offset) whole(own);
  }
  const before = syntaxOf(manifest);
  const { items } = service.complete(manifest, position);
  const every = Math.ceil(items.length / ACCEPTED);
  for (const [at, item] of items.entries()) {
    if ((at + turn) % every === 0) accepted(manifest, item, before, offset);
  }
}

/** What is asked of a whole document. */
function whole(manifest: Manifest): void {
  const diagnostics = service.diagnose(manifest);
  service.symbols(manifest);
  service.folding(manifest);
  service.links(manifest);
  service.lenses(manifest);
  service.hints(manifest);
  const { document } = manifest.parsed;
  const range = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
  const commands = ["plugsmith.fetchRefs"];
  service.actions(manifest, { range, diagnostics, filesAllowed: true, commands });
  service.actions(manifest, { range, diagnostics, only: [FIX_ALL] });
}

function navigate(manifest: Manifest, position: Position): void {
  service.definition(manifest, position);
  service.references(manifest, position, true);
  service.highlights(manifest, position);
  service.prepareRename(manifest, position);
  service.rename(manifest, position, "renamed");
  const items = service.prepareHierarchy(manifest, position);
  for (const { selectionRange } of items ?? []) {
    service.incoming(manifest, selectionRange.start);
    service.outgoing(manifest, selectionRange.start);
  }
}

function accepted(manifest: Manifest, item: CompletionItem, before: Syntax, offset: number): void {
  const after = accept(manifest.parsed.document, item);
  const { problems: found, isCut } = syntaxOf({ ...manifest, parsed: parseText(manifest.parsed.uri, after) });
  // A bracket that was open before, behind another mistake that alone is told, is told with something in it.
  const isOpen = before.problems.length > 0 && isUnclosed(manifest.parsed.text);
  const problems = isOpen ? found.filter(({ message }) => !message.endsWith("is missing at the end")) : found;
  if (problems.length <= before.problems.length && (before.isCut || !isCut)) return;
  const { text } = manifest.parsed;
  const at = JSON.stringify(`${text.slice(Math.max(0, offset - 60), offset)}|${text.slice(offset, offset + 40)}`);
  assert.fail(
    `${item.label} (${JSON.stringify(item.textEdit?.newText)}) at ${at}: ${problems[0]?.message}\n---\n${after}`,
  );
}

const isUnclosed = (text: string): boolean => text.split(/[[{]/).length > text.split(/[\]}]/).length;

interface Syntax {
  readonly problems: readonly SyntaxProblem[];
  /** Whether the host stops before the end of the document. */
  readonly isCut: boolean;
}

/** As the host reads: Go takes some texts that our own reader refuses, and leaves the rest of others unread. */
function syntaxOf({ parsed, kind }: Pick<Manifest, "parsed" | "kind">): Syntax {
  if (!kind.readsFirstDocumentOnly) return { problems: parsed.tree.problems, isCut: false };
  return { problems: asGoReads(parsed).tree.problems, isCut: unreadStart(parsed) !== undefined };
}
