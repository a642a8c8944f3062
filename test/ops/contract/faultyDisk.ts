// The disk of this process, as far as temporary folders are on it, on which the nth change meets something. Whoever changes files by
// `node:fs/promises` gets it, so that no adapter has to know.
import nodeDisk from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What is done in place of the nth change; `half`: the part of it that gets done before that, where it has parts. */
export type Meet = (half: () => Promise<void>) => Promise<void>;

export interface FaultyDisk {
  /** How many changes there were. */
  readonly count: () => number;
  /** Counts something else that changes the host, such as a program. */
  readonly step: () => Promise<void>;
  readonly end: () => void;
}

const changing = ["mkdir", "mkdtemp", "writeFile", "copyFile", "rename", "chmod", "rm", "rmdir"] as const;
/** What goes on while a disk is full. */
const roomless: readonly string[] = ["rename", "chmod", "rm", "rmdir"];

/** The disk is full at the nth change, and from then on for all that needs room. Removing always works. */
export function fullDisk(nth: number): FaultyDisk {
  const full = async (): Promise<void> => {
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  };
  return faultyDisk((count, call) => {
    if (call === "rm" || call === "rmdir") return undefined;
    return count === nth || (count > nth && !roomless.includes(call)) ? full : undefined;
  });
}

/** This process ends at the nth change, in the middle of it where it has one. */
export function deadlyDisk(nth: number): FaultyDisk {
  const dies = async (half: () => Promise<void>) => {
    await half();
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => undefined);
  };
  return faultyDisk((count) => (count === nth ? dies : undefined));
}

function faultyDisk(meets: (count: number, call: string) => Meet | undefined): FaultyDisk {
  const real = { ...nodeDisk };
  const done = async () => undefined;
  let count = 0;
  const next = async (call: string, half: () => Promise<void>) => {
    count += 1;
    await meets(count, call)?.(half);
  };
  const faulty = changing.map((call) => {
    const really: (...args: never[]) => unknown = real[call];
    const instead = async (...args: never[]) => {
      if (await counts(call, args)) await next(call, call === "writeFile" ? () => halfWritten(real, args) : done);
      return really(...args);
    };
    return [call, instead];
  });
  Object.assign(nodeDisk, Object.fromEntries(faulty));
  return { count: () => count, step: () => next("program", done), end: () => void Object.assign(nodeDisk, real) };

  /** A folder that is there is not made. */
  async function counts(call: string, [first, second]: readonly unknown[]): Promise<boolean> {
    const place = String(call === "rename" || call === "copyFile" ? second : first);
    if (!place.startsWith(`${tmpdir()}${path.sep}`)) return false;
    return call !== "mkdir" || (await real.stat(place).catch(() => undefined)) === undefined;
  }
}

async function halfWritten(real: Pick<typeof nodeDisk, "writeFile">, [file, content]: readonly unknown[]) {
  const bytes = Buffer.from(content instanceof Uint8Array ? content : String(content));
  await real.writeFile(String(file), bytes.subarray(0, bytes.byteLength / 2));
}
