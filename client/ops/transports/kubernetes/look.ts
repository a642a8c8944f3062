// What lies in the directory of one pod: names, single files, and digests.
import { createHash } from "node:crypto";
import { HostError } from "../../hosts/hostError.js";
import { contentsDigest } from "../../pack/plan.js";
import { tarReader } from "../tar.js";
import { inPod, type PodCall } from "./inPod.js";
import type { Kubectl } from "./kubectl.js";
import type { Pod } from "./pods.js";
import { exits, fetchScript, listScript, readScript } from "./scripts.js";

export async function foldersOf(
  kubectl: Kubectl,
  pod: Pod,
  directory: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { out } = await inPod(kubectl, { step: "list", pod, directory, script: listScript, args: [directory], signal });
  return out
    .split("\n")
    .filter((line) => line !== "")
    .sort();
}

export async function readFile(
  kubectl: Kubectl,
  pod: Pod,
  file: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const call = {
    step: "list",
    pod,
    directory: file,
    script: readScript,
    args: [file],
    signal,
    answers: [exits.absent],
  };
  const { code, out } = await inPod(kubectl, call);
  return code === exits.absent ? undefined : out;
}

export async function contentsOf(
  kubectl: Kubectl,
  pod: Pod,
  folder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const files = await filesIn(kubectl, pod, folder, signal);
  if (files === undefined) return undefined;
  const digests = files.map(({ path, bytes }) => ({ path, sha256: createHash("sha256").update(bytes).digest("hex") }));
  return contentsDigest(digests);
}

/** All files of a folder, by path; undefined when there is no such folder. */
export async function filesIn(
  kubectl: Kubectl,
  pod: Pod,
  folder: string,
  signal: AbortSignal,
): Promise<readonly { readonly path: string; readonly bytes: Buffer }[] | undefined> {
  const files: { readonly path: string; readonly bytes: Buffer }[] = [];
  const answers = [exits.absent];
  const call = {
    step: "list",
    pod,
    directory: folder,
    script: fetchScript,
    args: [folder],
    signal,
    answers,
    timeout: 120_000,
  };
  const code = await readTar(kubectl, call, (path, content) => {
    files.push({ path, bytes: content });
  });
  return code === exits.absent ? undefined : files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A plugin of the largest size that can be packed, and what a tar adds to it. */
const mostBytes = 256 * 1024 * 1024;

/** The exit code. A tar that can't be read is a failure of the connection: the other end wrote it soundly, or said otherwise. */
async function readTar(
  kubectl: Kubectl,
  call: PodCall,
  take: (path: string, content: Buffer) => void,
): Promise<number> {
  const nonsense = new AbortController();
  const reader = tarReader(take, () => nonsense.abort());
  let bytes = 0;
  const onData = (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    reader.write(chunk);
  };
  const signal = AbortSignal.any([call.signal, nonsense.signal]);
  const unreadable = (cause: unknown) => {
    const message = `what pod ${call.pod.name} sent could not be read`;
    return new HostError({ kind: "unreachable", step: call.step, message, next: "try again", cause });
  };
  const { code } = await inPod(kubectl, { ...call, signal, onData, maxBytes: mostBytes }).catch((error: unknown) => {
    throw nonsense.signal.aborted && !call.signal.aborted ? unreadable(error) : error;
  });
  if (bytes === 0) return code;
  await reader.end().catch((cause: unknown) => {
    throw unreadable(cause);
  });
  return code;
}
