// Checks files and folders from the terminal, with the same service and the same facts as the editor. A file that no system
// claims is passed over in silence, also when it is named.

import fs from "node:fs";
import path from "node:path";
import { DiagnosticSeverity } from "vscode-languageserver-types";
import {
  createLanguageService,
  type Manifest,
  manifestsOf,
  mayBeManifest,
  mayEmbed,
  type Severity,
} from "../../../server/service/index.js";
import {
  createWorkspace,
  diskFiles,
  type LiveWorkspace,
  listedOnce,
  slashed,
  turns,
  type Walked,
  walk,
} from "../../../server/workspace/index.js";
import { HostError } from "../../ops/hosts/hostError.js";
import { Misuse } from "../command.js";
import { type SettingsFile, serviceSettings, settingsAbove } from "../settings.js";
import type { Terminal } from "../terminal.js";
import type { CheckedFile, CheckedProblem, Report } from "./report.js";

export interface Checked {
  readonly report: Report;
  /** Files that could not be checked, each with the reason. */
  readonly failures: readonly string[];
}

export async function check(targets: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<Checked> {
  const service = createLanguageService();
  const files = new Map<string, CheckedFile>();
  const failures: string[] = [];
  for (const group of groupsOf(targets, terminal)) {
    const { workspace, paths } = await prepared(group, terminal, signal);
    const turn = turns();
    let [count, told] = [0, 0];
    for (const at of paths) {
      if (signal.aborted) throw cancelled();
      count += 1;
      if (performance.now() - told > SEEN) {
        told = performance.now();
        terminal.progress(`checking ${count} of ${paths.size}: ${terminal.shown(at)}`);
      }
      const outcome = checkedFile(at, workspace, service.diagnose, terminal);
      if (typeof outcome === "string") failures.push(outcome);
      else if (outcome) files.set(outcome.path, outcome);
      workspace.release(at);
      // Ctrl-C gets through; and only then what was used is free for collection.
      await turn();
    }
  }
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { report: { files: sorted }, failures };
}

/** Milliseconds for which a line of progress is seen; a line for each of thousands of files would take as long as to check them. */
const SEEN = 50;

/** Targets under the same settings share a workspace: what one file tells counts for the others. */
interface Group {
  readonly settings: SettingsFile | undefined;
  readonly files: string[];
  readonly folders: string[];
}

function groupsOf(targets: readonly string[], { cwd }: Terminal): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const at = path.resolve(cwd, target);
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (!stat) throw new Misuse(`there is no file or folder "${target}"`);
    const folder = stat.isDirectory() ? at : path.dirname(at);
    const settings = settingsAbove(folder);
    const group = groups.get(settings?.file ?? "") ?? { settings, files: [], folders: [] };
    groups.set(settings?.file ?? "", group);
    (stat.isDirectory() ? group.folders : group.files).push(slashed(at));
  }
  return [...groups.values()];
}

/** Characters of files whose trees stay in memory between learning and checking: some ten thousand manifests. */
const KEPT = 8 * 1024 * 1024;

interface Prepared {
  readonly workspace: LiveWorkspace;
  readonly paths: ReadonlySet<string>;
}

async function prepared(group: Group, terminal: Terminal, signal: AbortSignal): Promise<Prepared> {
  const { settings: found, files, folders } = group;
  const settings = serviceSettings(found?.values ?? {}, (message) => terminal.note(`plugsmith: ${message}`));
  const roots = found
    ? [slashed(found.folder)]
    : [...new Set([...folders, ...files.map((one) => path.posix.dirname(one))])];
  const disk = diskFiles({ maxAge: Number.POSITIVE_INFINITY });
  const workspace = createWorkspace({
    roots,
    settings,
    files: disk,
    keep: KEPT,
    everywhere: true,
  });
  terminal.progress("looking for manifests");
  const list = listedOnce(disk.listed);
  const scanned = await workspace.scan({ signal, list });
  const isAll = scanned.complete && folders.length === roots.length && folders.every((one) => roots.includes(one));
  const walked = isAll ? scanned : await walkedAlone();
  const paths = new Set([...files, ...walked.paths].sort());
  for (const at of paths) {
    if (!workspace.index.get(at)) workspace.learn(at, workspace.documents(at));
  }
  if (!walked.complete && !signal.aborted)
    terminal.note("plugsmith: there are too many folders; not all were looked at");
  return { workspace, paths };

  /** A named folder counts although git ignores it, and however much lies beside it. */
  async function walkedAlone(): Promise<Walked> {
    const wanted = (one: string) => mayBeManifest(one, settings, workspace);
    const inner = await walk(folders, { wanted, signal, list });
    // On its own, since such names are many: they must not keep manifests out where a bound ends the walk.
    const outer = await walk(folders, { wanted: mayEmbed, signal, list });
    return { paths: [...inner.paths, ...outer.paths], complete: inner.complete };
  }
}

type Diagnose = ReturnType<typeof createLanguageService>["diagnose"];

/** The file's entry, the reason why it could not be checked, or undefined when it is nobody's. */
function checkedFile(
  at: string,
  workspace: LiveWorkspace,
  diagnose: Diagnose,
  terminal: Terminal,
): CheckedFile | string | undefined {
  const shown = terminal.shown(at);
  try {
    const recognition = workspace.recogniseAt(at);
    if (!recognition)
      return workspace.files.kind(at) === "file" ? `${shown} can't be read, or is larger than 8 MB` : undefined;
    return entryOf(shown, manifestsOf(recognition), diagnose);
  } catch (error) {
    // One file that brings a rule down must not hide the others.
    return `${shown} could not be checked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** One entry for a file, whether it is a manifest or holds several documents of ours. */
function entryOf(shown: string, manifests: readonly Manifest[], diagnose: Diagnose): CheckedFile | undefined {
  const [first] = manifests;
  if (!first) return undefined;
  const diagnostics = manifests
    .flatMap((one) => diagnose(one))
    .map(
      ({ severity, code, message, range }): CheckedProblem => ({
        severity: WORDS[severity ?? DiagnosticSeverity.Error],
        code: String(code ?? ""),
        message: typeof message === "string" ? message : message.value,
        range,
      }),
    );
  return { path: shown, system: first.system.id, document: first.kind.id, diagnostics };
}

function cancelled(): HostError {
  const message = "the check was cancelled";
  return new HostError({ kind: "cancelled", step: "check", message, next: "start it again when you are ready" });
}

const WORDS: Readonly<Record<DiagnosticSeverity, Severity>> = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "information",
  [DiagnosticSeverity.Hint]: "hint",
};
