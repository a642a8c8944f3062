// The bytes of a bundle's members before they are compressed: files as a plan saw them, and texts, each behind the head that `tar`
// makes for it. Some files are read ahead of the one whose turn it is; small ones leave together, large ones piece by piece.
import { closeSync, constants, fstatSync, open, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { Header, Pax } from "tar";
import { isRecord } from "../values.js";

export interface Member {
  /** Below the bundle's one folder, with `/`. */
  readonly path: string;
  readonly content: PlannedContent | { readonly text: string };
}

export interface PlannedContent {
  readonly file: string;
  /** So long it has to be. */
  readonly bytes: number;
}

/** A member's file is not what the plan saw: of another length, a link, or no file at all. */
export class Drift extends Error {
  constructor(readonly member: string) {
    super(`"${member}" changed while it was packed`);
  }
}

/** So many small files are read at the same time. */
const AHEAD = 16;
/** What is read of a file, or handed on, at once. */
const PIECE = 256 * 1024;

/** All members in the given order, and the mark of the end. */
export async function* bytesOf(members: readonly Member[]): AsyncGenerator<Buffer> {
  const ahead: Promise<readonly Buffer[]>[] = [];
  let [together, size]: [Buffer[], number] = [[], 0];
  for (const [index, member] of members.entries()) {
    for (let next = index + ahead.length; ahead.length < AHEAD && next < members.length; next++) {
      const small = beginningOf(members[next] ?? member);
      // What fails is told when it is that member's turn.
      small.catch(() => undefined);
      ahead.push(small);
    }
    for (const part of (await ahead.shift()) ?? []) {
      together.push(part);
      size += part.byteLength;
    }
    if (size < PIECE && !isLarge(member)) continue;
    yield Buffer.concat(together, size);
    [together, size] = [[], 0];
    if (isLarge(member)) yield* pieces(member.path, member.content);
  }
  yield Buffer.concat([...together, Buffer.alloc(2 * BLOCK)]);
}

interface Large extends Member {
  readonly content: PlannedContent;
}

const isLarge = (member: Member): member is Large => "file" in member.content && member.content.bytes > PIECE;

/** The head of a member, and unless it is large all of it. */
async function beginningOf(member: Member): Promise<readonly Buffer[]> {
  const { path, content } = member;
  if ("text" in content) {
    const bytes = Buffer.from(content.text, "utf8");
    return [headOf(path, bytes.byteLength), bytes, paddingOf(bytes.byteLength)];
  }
  const parts = [headOf(path, content.bytes)];
  if (!isLarge(member)) for await (const piece of pieces(path, content)) parts.push(piece);
  return parts;
}

/** A file's bytes up to the end of its last block. */
async function* pieces(member: string, { file, bytes }: PlannedContent): AsyncGenerator<Buffer> {
  const fd = await opened(file, member);
  try {
    const found = fstatSync(fd);
    if (!found.isFile() || found.size !== bytes) throw new Drift(member);
    // The plan has read all of them, so those of small files are at hand; a thread to fetch them would cost more than they do.
    const readMore = bytes > PIECE ? readLater : readNow;
    for (let left = bytes; left > 0; ) {
      const piece = Buffer.allocUnsafe(Math.min(left, PIECE));
      const count = await readMore(fd, piece);
      if (count === 0) throw new Drift(member);
      left -= count;
      yield piece.subarray(0, count);
    }
  } finally {
    closeSync(fd);
  }
  yield paddingOf(bytes);
}

const openFile = promisify(open);
const readFile = promisify(read);

const readNow = (fd: number, into: Buffer): number => readSync(fd, into);
const readLater = async (fd: number, into: Buffer): Promise<number> =>
  (await readFile(fd, into, 0, into.byteLength, null)).bytesRead;

/** A link that took the file's place is not followed, and a pipe is not waited for. */
async function opened(file: string, member: string): Promise<number> {
  try {
    return await openFile(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw isRecord(error) && error.code === "ELOOP" ? new Drift(member) : error;
  }
}

const BLOCK = 512;
const paddingOf = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);

/** The same on every machine: no times, owners and modes of this one. */
function headOf(path: string, size: number): Buffer {
  const facts = { path: `package/${path}`, size, mtime: new Date(0) };
  const block = Buffer.alloc(BLOCK);
  const isTooLong = new Header({ ...facts, type: "File", mode: 0o644 }).encode(block);
  return isTooLong ? Buffer.concat([new Pax(facts).encode(), block]) : block;
}
