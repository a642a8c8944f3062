// A small zip reader for uploads: stored and deflated members by the central directory. No encryption, no zip64, no links.
import { inflateRawSync } from "node:zlib";

export function unzip(bytes: Buffer, mostBytes: number): ReadonlyMap<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.byteLength) throw bad("no central directory");
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  const members = new Map<string, Buffer>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.byteLength || bytes.readUInt32LE(at) !== 0x02014b50) throw bad("a broken central directory");
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const member = {
      method: bytes.readUInt16LE(at + 10),
      size: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    };
    const unixMode = bytes.readUInt32LE(at + 38) >>> 16;
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (name.endsWith("/")) continue;
    if (name.startsWith("/") || name.includes("\\") || name.split("/").includes(".."))
      throw bad(`${name} leaves its folder`);
    if ((unixMode & 0o170000) === 0o120000) throw bad(`${name} is a link; the local host takes files only`);
    const content = contentOf(bytes, member, mostBytes - total);
    total += content.byteLength;
    members.set(name, content);
  }
  return members;
}

function contentOf(bytes: Buffer, member: { method: number; size: number; at: number }, most: number): Buffer {
  if (member.at + 30 > bytes.byteLength || bytes.readUInt32LE(member.at) !== 0x04034b50) throw bad("a broken member");
  const start = member.at + 30 + bytes.readUInt16LE(member.at + 26) + bytes.readUInt16LE(member.at + 28);
  const raw = bytes.subarray(start, start + member.size);
  if (raw.byteLength !== member.size) throw bad("a member that ends early");
  if (member.method === 0) return raw;
  if (member.method !== 8) throw bad("an unknown compression");
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, most) });
  } catch {
    throw bad("a member that can't be unpacked");
  }
}

function bad(what: string): Error {
  return new Error(`Failed to extract zip: ${what}`);
}
