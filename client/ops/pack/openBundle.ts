// Reads a bundle that `writeBundle` made, or somebody else's archive of the same form, back into facts: its members, their digests
// and the texts that are asked for. Nothing is unpacked to disk. Only gzip'd tar with one leading folder is read.
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { list, type ReadEntry } from "tar";
import { HostError } from "../hosts/hostError.js";
import { isRecord } from "../values.js";
import { factsMember } from "./bundle.js";
import { contentsDigest } from "./plan.js";

const largestContents = 256 * 1024 * 1024;
const largestText = 4 * 1024 * 1024;

export interface OpenedBundle {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** As a plan's: of the members, the facts apart. */
  readonly contents: string;
  readonly entries: readonly string[];
  /** The members that were asked for, as text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** `wanted`: paths of members whose text is needed, without the leading folder. */
export async function openBundle(file: string, wanted: readonly string[]): Promise<OpenedBundle> {
  const name = path.basename(file);
  if (!/\.(tgz|tar\.gz)$/.test(file)) throw refused(`${name} is not a .tgz`, "package the plugin's folder instead");
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw refused(`there is no archive ${name}`, "package the plugin first");
  const whole = createHash("sha256");
  const members = await readMembers(file, name, [...wanted, factsMember], whole);
  const outside = [...members.keys()].find((member) => member.split("/").includes(".."));
  if (outside !== undefined)
    throw refused(`${name} has a member that leaves its folder ("${outside}")`, "package the plugin's folder instead");
  const facts = factsIn(members.get(factsMember)?.text, name);
  members.delete(factsMember);
  const files = [...members]
    .map(([at, member]) => ({ path: at, sha256: member.sha256 }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    path: path.resolve(file),
    bytes: found.size,
    sha256: whole.digest("hex"),
    contents: contentsDigest(files),
    entries: files.map((member) => member.path),
    texts: new Map([...members].flatMap(([at, { text }]) => (text === undefined ? [] : [[at, text] as const]))),
    ...(facts === undefined ? {} : { facts }),
  };
}

interface Member {
  readonly sha256: string;
  readonly text?: string;
}

/** All of the file's bytes go through `whole` too. */
async function readMembers(
  file: string,
  name: string,
  wanted: readonly string[],
  whole: Hash,
): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  let link: string | undefined;
  let total = 0;
  const take = (entry: ReadEntry) => {
    // Hosts remove exactly one leading component and drop what has none.
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
    const keep = wanted.includes(at) && entry.size <= largestText;
    entry.on("data", (chunk: Buffer) => {
      total += chunk.byteLength;
      hash.update(chunk);
      if (keep) chunks.push(chunk);
    });
    entry.on("end", () => {
      if (at === "") return;
      const text = keep ? { text: Buffer.concat(chunks).toString("utf8") } : {};
      members.set(at, { sha256: hash.digest("hex"), ...text });
    });
  };
  try {
    const parser = list({ strict: true, onReadEntry: take });
    for await (const chunk of createReadStream(file)) {
      if (total > largestContents)
        throw refused(`${name} unpacks to more than a host takes`, "leave files out with .pluginignore");
      whole.update(chunk);
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

function factsIn(text: string | undefined, name: string): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw refused(`${name} holds facts that can't be read`, "package the plugin's folder again", cause);
  }
  throw refused(`${name} holds facts that can't be read`, "package the plugin's folder again");
}

function refused(message: string, next: string, cause?: unknown): HostError {
  return new HostError({ kind: "refused", step: "package", message, next, ...(cause === undefined ? {} : { cause }) });
}
