// Writes a plan as an archive: gzip'd tar, every member under `package/`, the one form that all Buntime hosts unpack.
// Reproducible: sorted members, fixed times, owners and modes, so equal input gives equal bytes. Written beside its place and renamed,
// so that a failure leaves no half archive.
import { createHash, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, Stats } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { create } from "tar";
import type { BuntimeShipment } from "../hosts/buntime/shipment.js";
import { HostError } from "../hosts/hostError.js";
import { definedOf, isRecord } from "./manifest.js";
import type { BuntimePlan } from "./plan.js";

export interface ArchiveOptions {
  /** Where the archive goes; an existing file is replaced. */
  readonly file: string;
  readonly signal?: AbortSignal;
}

export async function writeArchive(plan: BuntimePlan, options: ArchiveOptions): Promise<BuntimeShipment> {
  const { manifest } = plan;
  const [blocking] = plan.findings.filter((finding) => finding.severity === "error");
  if (blocking !== undefined || manifest === undefined) {
    throw new HostError({
      kind: "refused",
      step: "package",
      message: blocking?.message ?? "the folder has no manifest",
      next: "nothing was packed; correct this and package again",
    });
  }
  const target = path.resolve(options.file);
  const part = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const members = membersOf(plan);
    await pipeline(
      members.stream,
      createWriteStream(part, { flags: "wx" }),
      options.signal === undefined ? {} : { signal: options.signal },
    );
    const drift = members.changed();
    if (drift !== undefined) throw changed(drift);
    const sha256 = await digestOf(part);
    const { size } = await stat(part);
    await rename(part, target);
    return {
      system: plan.system,
      name: manifest.name ?? "",
      ...definedOf({ version: manifest.version }),
      path: target,
      bytes: size,
      sha256,
      contents: plan.contents,
      entries: plan.files.map((file) => file.path),
      manifest,
      ...(plan.origin === undefined ? {} : { origin: plan.origin }),
    };
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw archiveError(error, options, target);
  }
}

/** `hello-1.2.0.tgz` for `@acme/hello` 1.2.0: lower case, no folder, an ending that hosts take. */
export function archiveName(plan: { readonly name?: string; readonly version?: string }): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/^@/, "")
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^[.-]+/, "");
  const name = plain(plan.name ?? "") || "plugin";
  const version = plain(plan.version ?? "");
  return version === "" ? `${name}.tgz` : `${name}-${version}.tgz`;
}

interface Members {
  readonly stream: Readable;
  /** The first file that is no longer what the plan saw. */
  changed(): string | undefined;
}

function membersOf(plan: BuntimePlan): Members {
  const sizes = new Map(plan.files.map((file) => [file.path, file.bytes]));
  let drift: string | undefined;
  const pack = create(
    {
      cwd: plan.folder,
      prefix: "package",
      gzip: { level: 9 },
      portable: true,
      noDirRecurse: true,
      strict: true,
      mtime: new Date(0),
      jobs: 1,
      filter: (name, entry) => {
        const at = name.replace(/^\.\//, "");
        if (!(entry instanceof Stats) || !entry.isFile() || entry.size !== sizes.get(at)) {
          drift ??= at;
          return false;
        }
        // The same for every system and every copy: no modes of this machine, no hard links between members.
        entry.mode = 0o100644;
        entry.nlink = 1;
        return true;
      },
    },
    // tar reads a leading "@" as the name of an archive to take members from.
    plan.files.map((file) => (file.path.startsWith("@") ? `./${file.path}` : file.path)),
  );
  return { stream: Readable.from(pack), changed: () => drift };
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function archiveError(error: unknown, options: ArchiveOptions, target: string): HostError {
  if (error instanceof HostError) return error;
  if (options.signal?.aborted === true) {
    const message = "the packaging was cancelled";
    return new HostError({
      kind: "cancelled",
      step: "package",
      message,
      next: "start it again when you are ready",
      cause: error,
    });
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

function changed(file: string): HostError {
  return new HostError({
    kind: "refused",
    step: "package",
    message: `"${file}" changed while it was packed`,
    next: "wait for the build to end and package again",
  });
}
