// The bytes of a bundle's members before they are compressed: files as a plan saw them, and texts, each behind the head that `tar`
// makes for it. They come in blocks of one size, and what is read of a file goes to its place in the block at once.
import { closeSync, constants, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { isRecord } from "../values.js";
import { headOf } from "./tarHead.js";

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

/** Bytes of a block: worth a thread's turn, and few enough that several at once are no burden. */
const SIZE = 512 * 1024;
/** The plan has read all files, so those up to this many bytes are at hand; a thread to fetch them would cost more than they do. */
const SMALL = 256 * 1024;

/** So many blocks there are: one is filled anew when the one that comes so many later is asked for. */
export const KEPT = 6;

/** All members in the given order, and the mark of the end. Each block but the last is full. */
export async function* blocksOf(members: readonly Member[]): AsyncGenerator<Buffer> {
  const blocks = new Blocks();
  for (const { path, content } of members) {
    if ("text" in content) {
      const bytes = Buffer.from(content.text, "utf8");
      blocks.put(headOf(`package/${path}`, bytes.byteLength));
      for (let at = 0; at < bytes.byteLength; at += SMALL) {
        blocks.put(bytes.subarray(at, at + SMALL));
        yield* blocks.full.splice(0);
      }
      blocks.put(paddingOf(bytes.byteLength));
    } else {
      blocks.put(headOf(`package/${path}`, content.bytes));
      if (content.bytes > SMALL) yield* readLater(path, content, blocks);
      else readNow(path, content, blocks);
      blocks.put(paddingOf(content.bytes));
    }
    if (blocks.full.length > 0) yield* blocks.full.splice(0);
  }
  blocks.put(nothing);
  yield* blocks.full;
  if (blocks.rest.byteLength > 0) yield blocks.rest;
}

/** Blocks that are being filled. */
class Blocks {
  /** What is to be handed on. */
  readonly full: Buffer[] = [];
  private readonly ring: Buffer[] = [];
  private block: Buffer = Buffer.allocUnsafe(SIZE);
  private used = 0;

  /** Where the next bytes belong, for as many as there is room; `fill` says how many came. */
  room(most: number): Buffer {
    return this.block.subarray(this.used, Math.min(SIZE, this.used + most));
  }

  fill(count: number): void {
    this.used += count;
    if (this.used < SIZE) return;
    this.full.push(this.block);
    this.ring.push(this.block);
    this.block = (this.ring.length > KEPT ? this.ring.shift() : undefined) ?? Buffer.allocUnsafe(SIZE);
    this.used = 0;
  }

  put(bytes: Buffer): void {
    for (let at = 0; at < bytes.byteLength; ) {
      const count = bytes.copy(this.block, this.used, at);
      at += count;
      this.fill(count);
    }
  }

  get rest(): Buffer {
    return this.block.subarray(0, this.used);
  }
}

function readNow(member: string, { file, bytes }: PlannedContent, blocks: Blocks): void {
  const fd = opened(file, member, bytes);
  try {
    for (let left = bytes; left > 0; ) {
      const count = readSync(fd, blocks.room(left));
      if (count === 0) throw new Drift(member);
      blocks.fill(count);
      left -= count;
    }
  } finally {
    closeSync(fd);
  }
}

const readFile = promisify(read);

/** Hands on what is full meanwhile. */
async function* readLater(member: string, { file, bytes }: PlannedContent, blocks: Blocks): AsyncGenerator<Buffer> {
  const fd = opened(file, member, bytes);
  try {
    for (let left = bytes; left > 0; ) {
      const room = blocks.room(left);
      const { bytesRead } = await readFile(fd, room, 0, room.byteLength, null);
      if (bytesRead === 0) throw new Drift(member);
      blocks.fill(bytesRead);
      left -= bytesRead;
      yield* blocks.full.splice(0);
    }
  } finally {
    closeSync(fd);
  }
}

/** A link that took the file's place is not followed, and a pipe is not waited for. */
function opened(file: string, member: string, bytes: number): number {
  const fd = openedAsItIs(file, member);
  const found = fstatSync(fd);
  if (found.isFile() && found.size === bytes) return fd;
  closeSync(fd);
  throw new Drift(member);
}

function openedAsItIs(file: string, member: string): number {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw isRecord(error) && error.code === "ELOOP" ? new Drift(member) : error;
  }
}

/** What all of a tar archive is measured in. */
const UNIT = 512;
const nothing = Buffer.alloc(2 * UNIT);
const paddingOf = (bytes: number): Buffer => nothing.subarray(0, (UNIT - (bytes % UNIT)) % UNIT);
