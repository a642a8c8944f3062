// Walks a plugin's folder and decides file by file: what goes in, by which rule the rest stays out, and what forbids packing (links,
// credentials, odd names). It reads and decides; it writes nothing.
import type { Dirent } from "node:fs";
import { readdir, readlink, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Finding, SystemId } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { inspector } from "./inspect.js";
import { gitOrigin } from "./origin.js";
import { contentsDigest, type LeftOut, type PackPlan, type PlannedFile, type PlanOptions } from "./plan.js";
import { type Decide, type KeptOut, type Needed, rulesFor } from "./rules.js";

const mostFiles = 20_000;
const mostBytes = 128 * 1024 * 1024;

export interface FolderOptions extends PlanOptions {
  readonly system: SystemId;
  /** What goes in although `.gitignore` names it: built output that a manifest names. */
  readonly needed?: readonly Needed[];
  /** What of the folder no package of this system holds: a build's leftovers. */
  readonly keptOut?: readonly KeptOut[];
}

/** The folder's files, judged by every rule of packing. What a system adds (a name, a version, what its manifest wants) is its packer's work. */
export async function planFolder(folder: string, options: FolderOptions): Promise<PackPlan> {
  const root = path.resolve(folder);
  await refuseNoFolder(root);
  // Asked meanwhile.
  const origin = gitOrigin(root, options.signal);
  origin.catch(() => undefined);
  const decide = await rulesFor(root, {
    needed: options.needed ?? [],
    keptOut: options.keptOut ?? [],
    exclude: options.exclude ?? [],
  });
  const walk: Walk = {
    root,
    decide,
    inspect: inspector(),
    files: [],
    leftOut: [],
    findings: [],
    bytes: 0,
    signal: options.signal,
  };
  await visit(walk, "", 0);
  const from = await origin;
  // Files are read several at a time, and a plan says the same each time.
  walk.files.sort(byPath);
  walk.leftOut.sort(byPath);
  walk.findings.sort((a, b) => byPath({ path: a.file ?? "" }, { path: b.file ?? "" }));
  return {
    folder: root,
    system: options.system,
    files: walk.files,
    leftOut: walk.leftOut,
    bytes: walk.bytes,
    contents: contentsDigest(walk.files),
    findings: walk.findings,
    ...(from === undefined ? {} : { origin: from }),
  };
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

interface Walk {
  readonly root: string;
  readonly decide: Decide;
  readonly inspect: ReturnType<typeof inspector>;
  readonly files: PlannedFile[];
  readonly leftOut: LeftOut[];
  readonly findings: Finding[];
  bytes: number;
  readonly signal: AbortSignal | undefined;
}

async function visit(walk: Walk, folder: string, depth: number): Promise<void> {
  if (depth > 40) return tell(walk, "package/too-deep", `"${folder}" is nested too deeply to pack`, folder);
  const entries = await readdir(path.join(walk.root, folder), { withFileTypes: true });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let first = 0; first < sorted.length; first += AT_ONCE) {
    if (walk.signal?.aborted) throw packCancelled();
    const some = sorted.slice(first, first + AT_ONCE);
    await Promise.all(
      some.map((entry) => visitEntry(walk, folder === "" ? entry.name : `${folder}/${entry.name}`, entry, depth)),
    );
    // A turn for whatever else waits: an editor, Ctrl-C.
    await setImmediate();
  }
}

/** Entries of a folder that are read at the same time. */
const AT_ONCE = 16;

async function visitEntry(walk: Walk, relative: string, entry: Dirent, depth: number): Promise<void> {
  const directory = entry.isDirectory();
  const decision = walk.decide(relative, directory);
  if (!decision.goesIn && !decision.descend) {
    walk.leftOut.push({ path: directory ? `${relative}/` : relative, rule: decision.rule });
    return;
  }
  if (directory) return visit(walk, relative, depth + 1);
  if (entry.isSymbolicLink()) return tell(walk, "package/link", await linkWords(walk.root, relative), relative);
  if (!entry.isFile()) {
    walk.leftOut.push({ path: relative, rule: "not a file" });
    return;
  }
  const odd = oddName(relative);
  if (odd !== undefined) return tell(walk, "package/file-name", odd, relative);
  if (walk.files.length >= mostFiles || walk.bytes > mostBytes * 2) return tellOnce(walk);
  await take(walk, relative, decision.rule);
}

async function take(walk: Walk, relative: string, rule: string): Promise<void> {
  const { bytes, sha256, credential } = await walk.inspect(path.join(walk.root, relative), relative);
  if (credential !== undefined) {
    const message = `"${relative}" holds ${credential}; take it out or leave the file out with .pluginignore`;
    tell(walk, "package/secret", message, relative);
  }
  walk.bytes += bytes;
  walk.files.push({ path: relative, bytes, sha256, rule });
}

function tellOnce(walk: Walk): void {
  if (walk.findings.some((finding) => finding.code === "package/too-large")) return;
  const message = "the folder has too many or too large files for a plugin; leave some out with .pluginignore";
  walk.findings.push({ severity: "error", code: "package/too-large", message });
}

function tell(walk: Walk, code: string, message: string, file: string): void {
  walk.findings.push({ severity: "error", code, message, file });
}

async function linkWords(root: string, relative: string): Promise<string> {
  const target = await readlink(path.join(root, relative)).catch(() => "");
  const full = path.resolve(path.dirname(path.join(root, relative)), target);
  const outside = full !== root && !full.startsWith(root + path.sep);
  const where = outside ? "leads out of the plugin's folder" : "is a link";
  return `"${relative}" ${where} (to "${target}"); links are not packed, put a copy in its place or leave it out with .pluginignore`;
}

function oddName(relative: string): string | undefined {
  const odd = relative.includes("\\") || [...relative].some((letter) => letter < " ");
  return odd
    ? `"${JSON.stringify(relative).slice(1, -1)}" has a name that other systems can't store; rename it or leave it out`
    : undefined;
}

async function refuseNoFolder(root: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new HostError({
    kind: "missing",
    step: "package",
    message: `there is no plugin folder "${path.basename(root)}"`,
    next: "choose the folder that holds the manifest",
  });
}

function packCancelled(): HostError {
  const message = "the packaging was cancelled";
  return new HostError({ kind: "cancelled", step: "package", message, next: "start it again when you are ready" });
}
