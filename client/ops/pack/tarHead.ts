// What stands before a file in a tar archive: the same on every machine, without times, owners and modes of this one.
import { Header } from "tar/header";
import { Pax } from "tar/pax";

/**
 * Exactly what `tar`'s own writer makes of it. Most heads differ in a name, a size and the sum of all bytes, which are put into a
 * copy of one head: thousands of small files take a third of the time then. Long and foreign names, and giants, are left to it.
 */
export function headOf(path: string, size: number): Buffer {
  if (path.length >= NAME || size >= 8 ** DIGITS || !ascii.test(path)) return anyHead(path, size);
  const head = Buffer.from(nameless);
  head.write(path, 0, "latin1");
  head.write(size.toString(8).padStart(DIGITS, "0"), SIZE, "latin1");
  let sum = namelessSum;
  for (let at = 0; at < path.length; at++) sum += head[at] ?? 0;
  for (let at = SIZE; at < SIZE + DIGITS; at++) sum += (head[at] ?? 0) - ZERO;
  head.write(sum.toString(8).padStart(6, "0"), SUM, "latin1");
  return head;
}

const UNIT = 512;
const facts = { mtime: new Date(0), type: "File", mode: 0o644 } as const;
const ascii = /^[\x20-\x7e]+$/;

/** Bytes of the name; where size and sum stand, and the size's digits before a blank. */
const [NAME, SIZE, DIGITS, SUM] = [100, 124, 10, 148];
const ZERO = 0x30;
const nameless = Buffer.alloc(UNIT);
const namelessHead = new Header({ ...facts, path: "", size: 0 });
namelessHead.encode(nameless);
const namelessSum = namelessHead.cksum ?? 0;

function anyHead(path: string, size: number): Buffer {
  const head = Buffer.alloc(UNIT);
  const isTooLong = new Header({ ...facts, path, size }).encode(head);
  return isTooLong ? Buffer.concat([new Pax({ path, size, mtime: facts.mtime }).encode(), head]) : head;
}
