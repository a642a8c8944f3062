// Reads the members of an uploaded archive into memory, as Buntime would place them: one leading part off a tar's members,
// a top folder `package` off a zip's. Links and paths that leave the folder make the whole archive unreadable.
import { Parser, type ReadEntry } from "tar";
import { unzip } from "./unzip.js";

export type Members = ReadonlyMap<string, Buffer>;

const mostBytes = 512 * 1024 * 1024;

export async function unpack(name: string, bytes: Buffer): Promise<Members> {
  if (name.endsWith(".zip")) return fromZip(bytes);
  try {
    return await fromTar(bytes);
  } catch (error) {
    throw new Error(`Failed to extract tarball: ${error instanceof Error ? error.message : "unreadable"}`);
  }
}

function fromTar(bytes: Buffer): Promise<Members> {
  return new Promise((resolve, reject) => {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return reject(new Error("not in gzip format"));
    const members = new Map<string, Buffer>();
    let total = 0;
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry: ReadEntry) => {
        const parts = entry.path.split("/").filter((part) => part !== "");
        if (parts.includes("..")) return reject(new Error(`${entry.path} leaves its folder`));
        if (entry.type === "Directory") return entry.resume();
        if (entry.type !== "File" && entry.type !== "OldFile")
          return reject(new Error(`${entry.path} is a link; the local host takes files only`));
        const at = parts
          .slice(1)
          .filter((part) => part !== ".")
          .join("/");
        const chunks: Buffer[] = [];
        entry.on("data", (chunk: Buffer) => {
          total += chunk.byteLength;
          if (total > mostBytes) return reject(new Error("too large"));
          chunks.push(chunk);
        });
        entry.on("end", () => {
          if (at !== "") members.set(at, Buffer.concat(chunks));
        });
      },
    });
    parser.on("end", () => resolve(members));
    parser.on("error", reject);
    parser.end(bytes);
  });
}

function fromZip(bytes: Buffer): Members {
  const members = unzip(bytes, mostBytes);
  const names = [...members.keys()];
  const wrapped = names.length > 0 && names.every((name) => name.startsWith("package/"));
  const placed = new Map<string, Buffer>();
  for (const [name, content] of members) placed.set(wrapped ? name.slice("package/".length) : name, content);
  return placed;
}
