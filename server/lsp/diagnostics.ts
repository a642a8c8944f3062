// When to check and what to publish: each open document soon after its last change, the newest version only; the others
// of a system when facts changed; every manifest of the workspace when the user wants that. Pushed, with the version.
// In a long document the edited entry is checked at once, and all of it when typing rests.

import type { Connection, Diagnostic } from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import type { Covered } from "../protocol.js";
import { type Kept, type LanguageService, type Manifest, manifestsOf, pathOf } from "../service/index.js";
import type { LiveWorkspace } from "../workspace/index.js";
import { withoutCovered } from "./covered.js";
import type { OpenDocuments } from "./documents.js";
import { createPublisher } from "./publisher.js";
import { whenQuiet } from "./quiet.js";

export interface DiagnosticsSchedule {
  /** A document changed: check it as soon as the burst of changes is over. */
  changed(uri: string): void;
  /** Settings or files changed: check all open documents. Or facts of these systems alone: check those of theirs that don't know them yet. */
  refresh(systems?: ReadonlySet<string>): void;
  /** These files changed on the disk: check all open documents, and those of the files that aren't open before any other. */
  changedOnDisk(paths: readonly string[]): void;
  /** A text that these documents read changed in an editor: check them anew, open or not. */
  changedBeside(uris: readonly string[]): void;
  closed(uri: string): void;
  /** Files that aren't open are no longer to be checked: takes their problems back. */
  forgetClosed(): void;
  /** Checks every known manifest now and publishes; answers counts. */
  checkWorkspace(): Promise<{ files: number; errors: number; warnings: number }>;
  dispose(): void;
}

export interface ScheduleOptions {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly workspace: LiveWorkspace;
  readonly service: LanguageService;
  readonly docs: () => string;
  readonly covered: () => Covered;
  /** Whether files that aren't open are to be checked as well. */
  readonly everywhere: () => boolean;
  /** A document that has changed is about to be checked: others may want to know what it says now. */
  readonly onCheck: (uri: string) => void;
  readonly onChecked: (uri: string) => void;
}

/** In a burst, checks dearer than this (milliseconds) wait longer than for messages that have arrived already. */
const CHEAP = 20;
const LONGEST_WAIT = 150;

/** In longer texts (characters) an edit within an entry has that entry checked first; shorter ones are checked as a whole. */
const LONG = 1000;
/** Typing rests when nothing was typed for so long: as long as the check of all takes, within these bounds. */
const [SHORTEST_REST, LONGEST_REST] = [100, 1000];
/** Milliseconds without a further change on the disk or of facts, after which files that aren't open are checked. */
const SETTLED = 50;
/** Of more files that change at once none comes before the others. */
const FEW = 20;
/** Milliseconds for which what was found in entries is gone by; nobody tells of every file that was looked at. */
const LONGEST_KEPT = 60_000;

interface Memory extends Kept {
  /** When all of it was last looked at. */
  readonly at: number;
  /** The facts that were known then, its own among them. */
  readonly revision: number;
}

export function createSchedule(options: ScheduleOptions): DiagnosticsSchedule {
  const { connection, documents, workspace, service } = options;
  /** What ends the wait of a document that is to be checked. */
  const waiting = new Map<string, () => void>();
  const costs = new Map<string, number>();
  /** What was found in the last version of an open document, until facts, settings or files change. */
  const kept = new Map<string, Memory>();
  const editCosts = new Map<string, number>();
  /** Documents that were checked by their last edit, and wait for typing to rest. */
  const resting = new Set<string>();
  /** Documents whose last edit was outside of their entries, so that each is dear. */
  const framed = new Set<string>();
  const publisher = createPublisher(connection);
  let sweep: NodeJS.Timeout | undefined;
  let round = 0;

  function schedule(uri: string): void {
    kept.delete(uri);
    soon(uri);
  }

  function soon(uri: string): void {
    const isWaiting = waiting.has(uri) && !resting.delete(uri);
    const cost = (kept.has(uri) && !framed.has(uri) ? editCosts.get(uri) : costs.get(uri)) ?? 0;
    if (isWaiting && cost > CHEAP) later(uri, Math.min(LONGEST_WAIT, cost), check);
    else next(uri, read);
  }

  function wait(uri: string, end: () => void): void {
    stopWaiting(uri);
    waiting.set(uri, end);
  }

  /** Between two pieces of work what has arrived goes first: a key's completions are wanted at once. */
  function next(uri: string, work: (uri: string) => void): void {
    wait(uri, whenQuiet(reading.bind(undefined, uri, work)));
  }

  function later(uri: string, milliseconds: number, work: (uri: string) => void): void {
    const timer = setTimeout(reading, milliseconds, uri, work);
    wait(uri, () => clearTimeout(timer));
  }

  const reading = (uri: string, work: (uri: string) => void): void => workspace.readers.reading(uri, () => work(uri));

  function stopWaiting(uri: string): void {
    waiting.get(uri)?.();
    waiting.delete(uri);
  }

  /** Reads the newest version, which whatever is asked of it meanwhile needs as well. */
  function read(uri: string): void {
    if (documents.get(uri)) next(uri, check);
    else stopWaiting(uri);
  }

  function check(uri: string): void {
    if (!checkEdit(uri)) next(uri, checkAll);
  }

  function checkAll(uri: string): void {
    const started = performance.now();
    const open = documents.get(uri);
    if (open) options.onCheck(uri);
    // What others were told may have asked for this very check again.
    stopWaiting(uri);
    if (!open) return;
    const memory: Memory = { at: Date.now(), revision: workspace.index.revision };
    kept.set(uri, memory);
    publish(
      uri,
      manifestsOf(open.recognition).flatMap((one) => problemsOf(one, memory)),
      open.parsed.version,
    );
    costs.set(uri, performance.now() - started);
    options.onChecked(uri);
  }

  /** Whether what was edited could be checked by itself; the rest follows when typing rests. */
  function checkEdit(uri: string): boolean {
    const memory = kept.get(uri);
    const open = memory && documents.get(uri);
    const manifest = open?.recognition.manifest;
    if (!memory || !manifest || open.recognition.embedded.length > 0 || open.parsed.source.length < LONG) return false;
    const started = performance.now();
    const found = service.diagnoseEdit(manifest, { docs: options.docs(), onError, kept: memory });
    if (found) framed.delete(uri);
    else framed.add(uri);
    if (!found) return false;
    publish(uri, withoutCovered(manifest, found, options.covered()), open.parsed.version);
    const rest = Math.min(LONGEST_REST, Math.max(SHORTEST_REST, costs.get(uri) ?? 0));
    later(uri, rest, checkAcross);
    resting.add(uri);
    editCosts.set(uri, performance.now() - started);
    return true;
  }

  /** Typing rests: what looks across entries, and from time to time all. */
  function checkAcross(uri: string): void {
    stopWaiting(uri);
    resting.delete(uri);
    const memory = kept.get(uri);
    const manifest = documents.get(uri)?.recognition.manifest;
    const isFresh = memory && Date.now() - memory.at <= LONGEST_KEPT;
    const hooks = { docs: options.docs(), onError };
    const found = manifest && isFresh ? service.diagnoseAcross(manifest, { ...hooks, kept: memory }) : undefined;
    if (manifest && found) {
      publish(uri, withoutCovered(manifest, found, options.covered()), manifest.parsed.version);
      // Facts that this edit changed have all checked again.
      options.onCheck(uri);
    } else checkAll(uri);
  }

  function problemsOf(manifest: Manifest, memory?: Kept) {
    const found = service.diagnose(manifest, { docs: options.docs(), onError, ...(memory && { kept: memory }) });
    return withoutCovered(manifest, found, options.covered());
  }

  function onError(error: unknown, code: string): void {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`checking ${code} failed: ${said}`);
  }

  function publish(uri: string, diagnostics: readonly Diagnostic[], version?: number): void {
    const isOurs = documents.get(uri)?.recognition.manifest !== undefined;
    publisher.publish(uri, diagnostics, { isOurs, ...(version !== undefined && { version }) });
  }

  /** `isOver`: another round has begun, and sees all that this one would. */
  async function checkWorkspace(isOver = () => false) {
    const counts = { files: 0, errors: 0, warnings: 0 };
    for (const { path } of workspace.index.all()) {
      if (isOver()) return counts;
      const uri = URI.file(path).toString();
      const diagnostics = problemsAt(uri, path);
      if (!diagnostics) continue;
      counts.files++;
      counts.errors += diagnostics.filter(({ severity }) => severity === 1).length;
      counts.warnings += diagnostics.filter(({ severity }) => severity === 2).length;
      publish(uri, diagnostics, documents.get(uri)?.parsed.version);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const uri of publisher.withProblems()) if (!isKnown(uri) && !documents.get(uri)) publish(uri, []);
    return counts;
  }

  /** Of an open file or one that isn't; undefined where it is none of ours. */
  function problemsAt(uri: string, path: string): readonly Diagnostic[] | undefined {
    return workspace.readers.reading(uri, () => {
      const recognition = documents.get(uri)?.recognition ?? workspace.recogniseAt(path);
      const manifests = recognition ? manifestsOf(recognition) : [];
      return manifests.length > 0 ? manifests.flatMap((one) => problemsOf(one)) : undefined;
    });
  }

  function checkAnew(): void {
    const own = ++round;
    void checkWorkspace(() => own !== round);
  }

  /** What was found in files that aren't open, by request, stays true as long as it is shown. */
  function recheckClosed(uris: readonly string[]): void {
    for (const uri of uris.filter((one) => !documents.get(one)))
      publish(uri, (isKnown(uri) && problemsAt(uri, pathOf(uri) ?? "")) || []);
  }

  const isKnown = (uri: string): boolean => workspace.index.get(pathOf(uri) ?? "") !== undefined;

  function refresh(systems?: ReadonlySet<string>): void {
    for (const { parsed, recognition } of documents.all()) {
      const isConcerned = !systems || manifestsOf(recognition).some(({ system }) => systems.has(system.id));
      // Often it was its own check that told the facts.
      const knows = systems && kept.get(parsed.uri)?.revision === workspace.index.revision;
      if (isConcerned && !knows) schedule(parsed.uri);
    }
    sweepSoon();
  }

  /** All that isn't open and is shown. */
  function sweepSoon(): void {
    clearTimeout(sweep);
    sweep = setTimeout(() => (options.everywhere() ? checkAnew() : recheckClosed(publisher.withProblems())), SETTLED);
  }

  function changedBeside(uris: readonly string[]): void {
    for (const uri of uris) if (documents.get(uri)) schedule(uri);
    if (uris.length > FEW) sweepSoon();
    else recheckShown(uris);
  }

  const recheckShown = (uris: readonly string[]): void =>
    recheckClosed(options.everywhere() ? uris : uris.filter(publisher.hasProblems));

  return {
    changed: soon,
    refresh,
    changedOnDisk: (paths) => {
      refresh();
      if (paths.length <= FEW) recheckShown(paths.map((path) => URI.file(path).toString()));
    },
    changedBeside,
    closed: (uri) => {
      stopWaiting(uri);
      costs.delete(uri);
      kept.delete(uri);
      framed.delete(uri);
      editCosts.delete(uri);
      resting.delete(uri);
      publisher.repeat(uri);
      if (options.everywhere()) refresh(new Set());
      else publish(uri, []);
    },
    forgetClosed: () => {
      for (const uri of publisher.withProblems()) if (!documents.get(uri)) publish(uri, []);
    },
    checkWorkspace: () => {
      // Who asks is told, also what was told before.
      publisher.repeat();
      return checkWorkspace();
    },
    dispose: () => {
      for (const end of waiting.values()) end();
      clearTimeout(sweep);
    },
  };
}
