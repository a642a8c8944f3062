// One gzip member, as every reader takes it, compressed block by block on several threads. Each block begins with what stands before
// it as its dictionary and ends at a whole byte, so that their outputs stand one behind the other as one stream. Blocks are cut by
// their bytes alone: the same input gives the same output, however many threads there are.
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";
import { KEPT } from "./members.js";

/** Of blocks as `blocksOf` makes them. */
export async function* gzipped(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield HEAD;
  const ahead: Promise<Buffer>[] = [];
  let [check, size] = [0, 0];
  let [before, block]: (Buffer | undefined)[] = [];
  for await (const next of blocks) {
    if (block !== undefined) ahead.push(deflated(block, before, constants.Z_SYNC_FLUSH));
    [before, block] = [block, next];
    check = crc32(next, check);
    size += next.byteLength;
    if (ahead.length >= THREADS) yield (await ahead.shift()) ?? NOTHING;
  }
  ahead.push(deflated(block ?? NOTHING, before, constants.Z_FINISH));
  for (const one of ahead) yield await one;
  const end = Buffer.alloc(8);
  end.writeUInt32LE(check, 0);
  end.writeUInt32LE(size % 2 ** 32, 4);
  yield end;
}

/** Deflated, no flags, no time, slowest and smallest, of an unknown operating system: the same on every one. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
const NOTHING = Buffer.alloc(0);
/**
 * One thread of Node.js' four stays free for reading. When a block is asked for, the last one still waits for what follows it, and
 * of those before it one less than this are in work, with one more as a dictionary: all of them are kept.
 */
const THREADS = Math.min(availableParallelism(), KEPT - 3);
/** How far back a repetition may lie. */
const WINDOW = 32 * 1024;

const deflate = promisify(deflateRaw);

function deflated(block: Buffer, before: Buffer | undefined, finishFlush: number): Promise<Buffer> {
  const dictionary = before?.subarray(-WINDOW);
  const one = deflate(block, { level: 9, chunkSize: CHUNK, finishFlush, ...(dictionary && { dictionary }) });
  // What fails is told when it is that block's turn.
  one.catch(() => undefined);
  return one;
}

/** Bytes that are allocated for what a block becomes. */
const CHUNK = 64 * 1024;
