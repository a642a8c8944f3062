// What a disk's error codes mean to somebody who installs a plugin.
import { HostError, type HostErrorKind } from "../../hosts/hostError.js";
import { codeOf } from "./disk.js";

export interface DiskStep {
  readonly step: string;
  readonly place: string;
  readonly signal: AbortSignal;
}

export function diskError(error: unknown, { step, place, signal }: DiskStep): HostError {
  if (error instanceof HostError) return error;
  if (signal.aborted && codeOf(error) === "") {
    const next = "start it again when you are ready";
    return new HostError({ kind: "cancelled", step, message: `the ${step} was cancelled`, next, cause: error });
  }
  const code = codeOf(error);
  const [kind, what, next] = causes[code] ?? [
    "tool",
    `could not be changed${code === "" ? "" : ` (${code})`}`,
    "look at the disk, then try again",
  ];
  return new HostError({ kind, step, message: `${place} ${what}`, next, cause: error });
}

const notYours = [
  "forbidden",
  "may not be changed by you",
  "act as the owner of the directory, or have it opened to your group",
] as const;

const causes: Readonly<Record<string, readonly [HostErrorKind, string, string]>> = {
  ENOSPC: ["refused", "does not fit: the disk is full", "make room on the volume, then try again"],
  EDQUOT: ["refused", "does not fit: the share of that disk is used up", "make room on the volume, then try again"],
  EACCES: notYours,
  EPERM: notYours,
  EROFS: ["forbidden", "lies on a disk that is mounted read-only", "mount it writable, or go another way to this host"],
  EBUSY: ["refused", "is in use", "stop what uses it, or unmount what is mounted there, then try again"],
  ENOTDIR: ["refused", "can't be there: part of its path is a file", "remove that file, or choose another directory"],
  ENAMETOOLONG: [
    "refused",
    "has a name that is too long for that disk",
    "shorten the plugin's name or its files' names",
  ],
};
