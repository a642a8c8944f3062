// When to check and what to publish: each open document soon after its last change, the newest version only; the others
// of a system when facts changed; every manifest of the workspace when the user wants that. Pushed, with the version.

import type { Connection } from "vscode-languageserver/node";
import { URI } from "vscode-uri";
import type { Covered } from "../protocol.js";
import { type LanguageService, type Manifest, manifestsOf, pathOf } from "../service/index.js";
import type { LiveWorkspace } from "../workspace/index.js";
import { withoutCovered } from "./covered.js";
import type { OpenDocuments } from "./documents.js";

export interface DiagnosticsSchedule {
  /** A document changed: check it as soon as the burst of changes is over. */
  changed(uri: string): void;
  /** Settings, files or facts changed: check all open documents, or those of the given systems. */
  refresh(systems?: ReadonlySet<string>): void;
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

/** Checks dearer than this (milliseconds) wait for the end of a burst; a single change is checked at once. */
const CHEAP = 8;
const LONGEST_WAIT = 150;

export function createSchedule(options: ScheduleOptions): DiagnosticsSchedule {
  const { connection, documents, workspace, service } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const costs = new Map<string, number>();
  const published = new Set<string>();
  let sweep: NodeJS.Timeout | undefined;

  function schedule(uri: string): void {
    const waiting = timers.get(uri);
    clearTimeout(waiting);
    const cost = costs.get(uri) ?? 0;
    const wait = waiting === undefined || cost <= CHEAP ? 0 : Math.min(LONGEST_WAIT, cost);
    timers.set(uri, setTimeout(check, wait, uri));
  }

  function check(uri: string): void {
    const started = performance.now();
    const open = documents.get(uri);
    if (open) options.onCheck(uri);
    // What others were told may have asked for this very check again.
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    if (!open) return;
    publish(uri, manifestsOf(open.recognition).flatMap(problemsOf), open.parsed.version);
    costs.set(uri, performance.now() - started);
    options.onChecked(uri);
  }

  function problemsOf(manifest: Manifest) {
    return withoutCovered(manifest, service.diagnose(manifest, { docs: options.docs(), onError }), options.covered());
  }

  function onError(error: unknown, code: string): void {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`checking ${code} failed: ${said}`);
  }

  /** A file that never had problems gets no message at all, so that foreign files stay untouched. */
  function publish(uri: string, diagnostics: ReturnType<typeof problemsOf>, version?: number, always = false): void {
    if (diagnostics.length === 0 && !published.has(uri) && !always && !documents.get(uri)?.recognition.manifest) return;
    if (diagnostics.length > 0) published.add(uri);
    else published.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }

  async function checkWorkspace() {
    const counts = { files: 0, errors: 0, warnings: 0 };
    const seen = new Set<string>();
    for (const { path } of workspace.index.all()) {
      const uri = URI.file(path).toString();
      seen.add(uri);
      const open = documents.get(uri);
      const recognition = open?.recognition ?? workspace.recogniseAt(path);
      const manifests = recognition ? manifestsOf(recognition) : [];
      if (manifests.length === 0) continue;
      const diagnostics = manifests.flatMap(problemsOf);
      counts.files++;
      counts.errors += diagnostics.filter(({ severity }) => severity === 1).length;
      counts.warnings += diagnostics.filter(({ severity }) => severity === 2).length;
      publish(uri, diagnostics, open?.parsed.version);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const uri of published) if (!seen.has(uri) && !documents.get(uri)) publish(uri, []);
    return counts;
  }

  /** What was found in files that aren't open, by request, stays true as long as it is shown. */
  function recheckClosed(): void {
    const known = new Set(workspace.index.all().map(({ path }) => path));
    for (const uri of [...published].filter((one) => !documents.get(one))) {
      const path = pathOf(uri) ?? "";
      const recognition = known.has(path) ? workspace.recogniseAt(path) : undefined;
      publish(uri, recognition ? manifestsOf(recognition).flatMap(problemsOf) : []);
    }
  }

  function refresh(systems?: ReadonlySet<string>): void {
    for (const { parsed, recognition } of documents.all()) {
      if (!systems || manifestsOf(recognition).some(({ system }) => systems.has(system.id))) schedule(parsed.uri);
    }
    clearTimeout(sweep);
    sweep = setTimeout(() => (options.everywhere() ? void checkWorkspace() : recheckClosed()), 100);
  }

  return {
    changed: schedule,
    refresh,
    closed: (uri) => {
      clearTimeout(timers.get(uri));
      timers.delete(uri);
      costs.delete(uri);
      if (options.everywhere()) refresh(new Set());
      else publish(uri, []);
    },
    forgetClosed: () => {
      for (const uri of [...published]) if (!documents.get(uri)) publish(uri, []);
    },
    checkWorkspace,
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      clearTimeout(sweep);
    },
  };
}
