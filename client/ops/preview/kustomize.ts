// Renders a kustomization with the user's own kubectl (or kustomize): what it makes of the files on disk or, where editors hold
// newer text, of a copy with that text; and from which file each object came.
import { realpath, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { HostIo } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { type ProcessResult, type Run, runOf } from "../transports/process.js";
import { makeTemporary } from "../transports/temporary.js";
import { copyOf, type KustomizeCopy } from "./kustomizeCopy.js";
import { type Origin, originsIn, plainError } from "./kustomizeText.js";

export interface RenderRequest {
  /** Absolute path of the folder with the kustomization. */
  readonly folder: string;
  /** Files outside the kustomization's folder are allowed. */
  readonly outsideFiles: boolean;
  /** Newer text of files, by absolute path. */
  readonly unsaved: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

export type Rendered =
  | {
      readonly ok: true;
      readonly text: string;
      /** By `originKey`. Empty when it can't be told. */
      readonly origins: ReadonlyMap<string, Origin>;
      /** What kustomize warns of. */
      readonly warnings: readonly string[];
      /** "kubectl kustomize" or "kustomize build". */
      readonly tool: string;
      /** Why unsaved text is not in it. */
      readonly savedOnly?: string;
    }
  | { readonly ok: false; readonly message: string; readonly tool: string };

type RenderIo = Pick<HostIo, "run" | "executables" | "log">;

/** Rejects with `HostError` when there is no such program, or it is cancelled. */
export async function renderKustomization(request: RenderRequest, io: RenderIo): Promise<Rendered> {
  const copy = request.unsaved.size > 0 ? await copyOf(request) : undefined;
  const made = copy !== undefined && "folder" in copy ? copy : undefined;
  try {
    const run = runOf(io);
    const folder = made?.folder ?? request.folder;
    const [{ result, tool }, origins] = await Promise.all([
      build(run, folder, request),
      originsOf(run, folder, request),
    ]);
    const real = (text: string) => (made === undefined ? text : text.replaceAll(made.root, made.original));
    if (result.code !== 0) return { ok: false, message: real(plainError(result.err || result.out)), tool };
    const warnings = result.err.split(/\r?\n/).filter((line) => /^# Warning/i.test(line));
    return {
      ok: true,
      text: result.out,
      origins: new Map([...origins].map(([key, origin]) => [key, { ...origin, path: real(origin.path) }])),
      warnings: warnings.map((line) => line.replace(/^# Warning:\s*/i, "")),
      tool,
      ...(copy !== undefined && "why" in copy && { savedOnly: copy.why }),
    };
  } finally {
    await made?.remove();
  }
}

export interface ClusterComparison {
  /** Objects as they were rendered. */
  readonly text: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What `kubectl diff` says of rendered objects; "" when the cluster has all of them so. Rejects with `HostError`. */
export async function diffWithCluster(
  { text, folder, signal }: ClusterComparison,
  io: Pick<HostIo, "run" | "executables" | "log">,
): Promise<string> {
  const result = await runOf(io)({
    step: "compare",
    command: "kubectl",
    args: ["diff", "-f", "-"],
    input: Buffer.from(text),
    cwd: folder,
    // A user's own program for differences may open a window, or colour what it says.
    env: { KUBECTL_EXTERNAL_DIFF: undefined },
    signal,
  });
  if (result.code <= 1) return plainDifference(result.out);
  const lacksDiff = /"diff": executable file not found/.test(result.err);
  throw new HostError({
    kind: "tool",
    step: "compare",
    message: "kubectl can't compare with the cluster",
    said: plainError(result.err),
    next: lacksDiff
      ? 'install the program "diff", which kubectl runs, then try again'
      : "see whether the cluster of kubectl's present context can be reached, then try again",
  });
}

/** Names instead of kubectl's temporary files and their dates. */
function plainDifference(out: string): string {
  return out
    .replace(/^diff -u -N \S*LIVE-\d+.*\r?\n/gm, "")
    .replace(/^--- \S*LIVE-\d+[\\/]([^\t\r\n]+).*$/gm, "--- $1 (cluster)")
    .replace(/^\+\+\+ \S*MERGED-\d+[\\/]([^\t\r\n]+).*$/gm, "+++ $1 (rendered)");
}

interface Built {
  readonly result: ProcessResult;
  readonly tool: string;
}

async function build(run: Run, folder: string, { outsideFiles, signal }: RenderRequest): Promise<Built> {
  const restrictor = outsideFiles ? ["--load-restrictor", "LoadRestrictionsNone"] : [];
  const common = { step: "render", cwd: folder, signal, timeout: 60_000, maxBytes: 32 * 1024 * 1024 };
  try {
    const result = await run({ ...common, command: "kubectl", args: ["kustomize", folder, ...restrictor] });
    return { result, tool: "kubectl kustomize" };
  } catch (error) {
    if (!(error instanceof HostError) || !/was not found/.test(error.message)) throw error;
    // Without kubectl, kustomize itself does; where that is missing too, kubectl is what the user is told of.
    const result = await run({ ...common, command: "kustomize", args: ["build", folder, ...restrictor] }).catch(() => {
      throw error;
    });
    return { result, tool: "kustomize build" };
  }
}

/** From a kustomization around this one that asks for the origin of each object; nothing where that can't be built. */
async function originsOf(run: Run, folder: string, request: RenderRequest): Promise<ReadonlyMap<string, Origin>> {
  const around = await makeTemporary();
  try {
    const inside = path
      .relative(around, await realpath(folder))
      .split(path.sep)
      .join("/");
    if (path.isAbsolute(inside)) return new Map();
    const lines = ["resources:", `- ${JSON.stringify(inside)}`, "buildMetadata: [originAnnotations]", ""];
    await writeFile(path.join(around, "kustomization.yaml"), lines.join("\n"));
    const { result } = await build(run, around, request);
    return result.code === 0 ? originsIn(result.out, around) : new Map();
  } finally {
    await rm(around, { recursive: true, force: true });
  }
}

export type { KustomizeCopy, Origin };
