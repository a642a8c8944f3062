// Reads an archive that someone else made, or that the ledger kept, back into a shipment: its members and its manifest.
// Nothing is unpacked to disk. Only the portable form is read, gzip'd tar with one leading folder; a zip is refused by name.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { list, type ReadEntry } from "tar";
import type { BuntimeShipment } from "../hosts/buntime/shipment.js";
import { HostError } from "../hosts/hostError.js";
import { definedOf, parseManifest } from "./manifest.js";
import { contentsDigest } from "./plan.js";

const largestMember = 256 * 1024 * 1024;

export async function openArchive(file: string): Promise<BuntimeShipment> {
  const name = path.basename(file);
  if (!/\.(tgz|tar\.gz)$/.test(file)) throw refused(`${name} is not a .tgz`, "package the plugin's folder instead");
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw refused(`there is no archive ${name}`, "package the plugin first");
  const members = await readMembers(file, name);
  const outside = [...members.keys()].find((member) => member.split("/").includes(".."));
  if (outside !== undefined)
    throw refused(`${name} has a member that leaves its folder ("${outside}")`, "package the plugin's folder instead");
  const manifest = ["manifest.yaml", "manifest.yml"].find((member) => members.has(member));
  const bytes = manifest === undefined ? undefined : members.get(manifest)?.text;
  if (manifest === undefined || bytes === undefined) {
    throw refused(
      `${name} has no manifest.yaml below one leading folder; the host would not take it`,
      "package the plugin's folder instead",
    );
  }
  const reading = parseManifest(bytes, manifest);
  if (!reading.found) throw refused(`in ${name}, ${reading.reason}`, "correct the manifest and package again");
  const files = [...members]
    .map(([at, member]) => ({ path: at, sha256: member.sha256 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    system: "buntime",
    name: reading.manifest.name ?? "",
    ...definedOf({ version: reading.manifest.version }),
    path: path.resolve(file),
    bytes: found.size,
    sha256: createHash("sha256")
      .update(await readFile(file))
      .digest("hex"),
    contents: contentsDigest(files),
    entries: files.map((member) => member.path),
    manifest: reading.manifest,
  };
}

interface Member {
  readonly sha256: string;
  readonly text?: string;
}

async function readMembers(file: string, name: string): Promise<ReadonlyMap<string, Member>> {
  const members = new Map<string, Member>();
  let link: string | undefined;
  let total = 0;
  const take = (entry: ReadEntry) => {
    // The host removes exactly one leading component and drops what has none.
    const at = entry.path
      .split("/")
      .slice(1)
      .filter((part) => part !== "." && part !== "")
      .join("/");
    if (entry.type !== "File" && entry.type !== "OldFile") {
      if (entry.type !== "Directory") link = entry.path;
      entry.resume();
      return;
    }
    const hash = createHash("sha256");
    const chunks: Buffer[] = [];
    const keep = at === "manifest.yaml" || at === "manifest.yml";
    entry.on("data", (chunk: Buffer) => {
      total += chunk.byteLength;
      hash.update(chunk);
      if (keep && chunks.length < 64) chunks.push(chunk);
    });
    entry.on("end", () => {
      if (at === "") return;
      members.set(at, {
        sha256: hash.digest("hex"),
        ...(keep ? { text: Buffer.concat(chunks).toString("utf8") } : {}),
      });
    });
  };
  try {
    const parser = list({ strict: true, onReadEntry: take });
    for await (const chunk of createReadStream(file)) {
      if (total > largestMember)
        throw refused(`${name} unpacks to more than a host takes`, "leave files out with .pluginignore");
      parser.write(chunk);
    }
    await new Promise<void>((resolve, reject) => {
      parser.on("end", resolve);
      parser.on("error", reject);
      parser.end();
    });
  } catch (error) {
    if (error instanceof HostError) throw error;
    throw refused(`${name} is not a readable gzip'd tar archive`, "package the plugin's folder again", error);
  }
  if (link !== undefined) throw refused(`${name} holds a link ("${link}")`, "package the plugin's folder instead");
  return members;
}

function refused(message: string, next: string, cause?: unknown): HostError {
  return new HostError({ kind: "refused", step: "package", message, next, ...(cause === undefined ? {} : { cause }) });
}
