// What a wheel says of itself: its distribution, version and requirements, and which modules are in it. Read from its bytes;
// nothing is unpacked to disk.
import { createHash } from "node:crypto";
import { skypilot } from "../../../../../server/service/index.js";
import { unzip } from "../../../localHost/unzip.js";
import { HostError } from "../../hostError.js";

export interface Wheel {
  /** `example_audit-0.1.0-py3-none-any.whl`. */
  readonly file: string;
  readonly distribution: string;
  readonly version: string;
  readonly requires: readonly string[];
  readonly members: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
}

const mostBytes = 256 * 1024 * 1024;

export function readWheel(file: string, bytes: Buffer): Wheel {
  const members = membersOf(file, bytes);
  const metadata = [...members].find(([name]) => /^[^/]+\.dist-info\/METADATA$/.test(name))?.[1].toString("utf8");
  const [head = ""] = metadata?.split(/\r?\n\r?\n/, 1) ?? [];
  const distribution = fieldsOf(head, "Name")[0];
  const version = fieldsOf(head, "Version")[0];
  if (distribution === undefined || version === undefined) throw unreadable(file, "it has no metadata");
  return {
    file,
    distribution,
    version,
    requires: fieldsOf(head, "Requires-Dist").filter((one) => !/;.*\bextra\b/.test(one)),
    members: [...members.keys()],
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.byteLength,
  };
}

/** Whether the module of a class path is in the wheel. */
export function holdsModule({ members }: Pick<Wheel, "members">, className: string): boolean {
  const module = skypilot.splitClass(className)?.module;
  const entries = members.map((name) => ({ name, crc32: 0, size: 0 }));
  return module !== undefined && skypilot.moduleEntry(entries, module) !== undefined;
}

/** What the controllers know a distribution by: the file name's text before the first "-". */
export function stemOf(file: string): string {
  return file.split("-", 1)[0] ?? file;
}

/** Distribution names are equal whatever their case and separators. */
export function normalName(distribution: string): string {
  return distribution.toLowerCase().replace(/[-_.]+/g, "-");
}

function membersOf(file: string, bytes: Buffer): ReadonlyMap<string, Buffer> {
  try {
    return unzip(bytes, mostBytes);
  } catch (cause) {
    throw unreadable(file, cause instanceof Error ? cause.message : "its archive is broken", cause);
  }
}

function fieldsOf(head: string, name: string): readonly string[] {
  const rows = head.matchAll(new RegExp(`^${name}:[ \\t]*(.+?)[ \\t]*\\r?$`, "gim"));
  return [...rows].flatMap((row) => (row[1] === undefined ? [] : [row[1]]));
}

function unreadable(file: string, why: string, cause?: unknown): HostError {
  return new HostError({
    kind: "refused",
    step: "package",
    message: `the wheel ${file} can't be read: ${why}`,
    next: "build it again",
    ...(cause === undefined ? {} : { cause }),
  });
}
