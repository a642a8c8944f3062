// Why a file could not be written, as one sentence with the next step.
import path from "node:path";
import { HostError } from "../hosts/hostError.js";
import { isRecord } from "../values.js";

export function writeError(error: unknown, signal: AbortSignal | undefined, target: string): HostError {
  if (error instanceof HostError) return error;
  if (signal?.aborted === true) {
    const message = "the packaging was cancelled";
    const next = "start it again when you are ready";
    return new HostError({ kind: "cancelled", step: "package", message, next, cause: error });
  }
  const code = isRecord(error) && typeof error.code === "string" ? error.code : "";
  const [what, next] = causes[code] ?? ["could not be written", "look at the cause and package again"];
  const message = `the archive ${path.basename(target)} ${what}; no half archive was left`;
  return new HostError({ kind: "tool", step: "package", message, next, cause: error });
}

const causes: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ["does not fit: the disk is full", "make room or write it to another folder"],
  EDQUOT: ["does not fit: your share of the disk is used up", "make room or write it to another folder"],
  EFBIG: ["does not fit: files of this size are not allowed here", "write it to another folder"],
  EACCES: ["may not be written there", "write it to another folder"],
  EPERM: ["may not be written there", "write it to another folder"],
  EROFS: ["can't be written: that disk is read-only", "write it to another folder"],
  EISDIR: ["can't be written: a folder has that name", "choose another name"],
  ENOTDIR: ["can't be written: part of its path is a file", "choose another folder"],
};
