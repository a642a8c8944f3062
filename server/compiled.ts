// Keeps what V8 makes of the code, in a folder beside it that goes when the code goes, so that the next start needn't parse and
// compile all of it again, which is a third of its work. What Node.js 22 can keep by itself is less: it never learns what later
// sessions compile. Where a loader asks otherwise for its code, nothing is kept and nothing changes.

import fs from "node:fs";
import Module from "node:module";
import path from "node:path";
import vm from "node:vm";
import { crc32 } from "node:zlib";
import { requireIn } from "./neighbours.js";

/** Milliseconds until it is written even if the program doesn't end: whoever ends it may not let it say goodbye. */
const SOON = 10_000;

/**
 * For the files of `folder` that are loaded from now on. Where nothing can be written nothing is kept, and all else is as ever.
 * A `brief` program asks what there is to keep only when it met a file of which nothing was: asking takes longer than its work may.
 */
export function keepCompiled(folder: string, { brief = false } = {}): void {
  const kept = path.join(folder, "compiled", `${process.versions.v8}-${process.arch}`);
  const scripts: Compiled[] = [];
  const compile: unknown = Reflect.get(Module.prototype, "_compile");
  if (typeof compile !== "function") return;
  const required = requireIn(folder);
  Reflect.set(
    Module.prototype,
    "_compile",
    function (this: NodeJS.Module, code: string, file: string, ...more: unknown[]) {
      if (path.dirname(file) !== folder || imports.test(code))
        return Reflect.apply(compile, this, [code, file, ...more]);
      const at = path.join(kept, path.basename(file));
      const ofCode = crc32(code);
      const cachedData = read(at, ofCode);
      const script = new vm.Script(Module.wrap(code), { filename: file, ...(cachedData && { cachedData }) });
      scripts.push({ at, ofCode, script, size: script.cachedDataRejected ? 0 : (cachedData?.length ?? 0) });
      return Reflect.apply(script.runInThisContext(), this.exports, [this.exports, required, this, file, folder]);
    },
  );
  setTimeout(() => {
    for (const one of scripts) if (one.size === 0) write(one);
  }, SOON).unref();
  // Functions are compiled when they are called first, so a later session may know more of them.
  process.once("exit", () => {
    if (!brief || scripts.some(({ size }) => size === 0)) scripts.forEach(write);
  });
}

/** A script of our making is answered none of its `import()`; bundles have none, but their modules do before they are bundled. */
const imports = /\bimport\(["'`]/;

interface Compiled {
  readonly at: string;
  /** The sum of its text. */
  readonly ofCode: number;
  readonly script: vm.Script;
  /** Bytes that are kept of it. */
  size: number;
}

/** Growth by which it is worth being written anew. */
const MORE = 1.1;

/** V8 trusts what it is given, and crashes by what a broken disk makes of it; so nothing is taken but what was written for this text. */
function read(file: string, ofCode: number): Buffer | undefined {
  try {
    const content = fs.readFileSync(file);
    const data = content.subarray(SUM);
    return sum(ofCode, data).equals(content.subarray(0, SUM)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function write(one: Compiled): void {
  const { at, ofCode, script, size } = one;
  const data = script.createCachedData();
  if (data.length <= size * MORE) return;
  one.size = data.length;
  // Another server may read or write the same file now.
  const unfinished = `${at}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(unfinished, Buffer.concat([sum(ofCode, data), data]));
    fs.renameSync(unfinished, at);
  } catch {
    // The folder belongs to somebody else, or the disk is full: the next start takes as long as this one.
    remove(unfinished);
  }
}

function remove(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It couldn't be made either.
  }
}

/** Bytes of a sum. */
const SUM = 4;

/** Of a text and what was made of it. Against accidents only: whoever can write here can write the code itself. */
function sum(ofCode: number, data: Buffer): Buffer {
  const bytes = Buffer.alloc(SUM);
  bytes.writeUInt32LE(crc32(data, ofCode));
  return bytes;
}
