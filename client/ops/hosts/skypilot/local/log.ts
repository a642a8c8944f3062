// Lines of the server's log on this machine, from the end on, and further ones as they come.
import { open, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { LogLine, LogOptions } from "../../host.js";
import { HostError } from "../../hostError.js";
import type { LocalServer } from "./server.js";
import { logOf } from "./serverLog.js";

const mostBytes = 4 * 1024 * 1024;
const pause = 300;

export async function* logLines(server: LocalServer, options: LogOptions, signal: AbortSignal): AsyncIterable<LogLine> {
  const file = await logOf(server);
  const first = await sizeOf(file);
  if (first === undefined) {
    const message = `there is no server log at ${file}`;
    throw new HostError({
      kind: "missing",
      step: "logs",
      message,
      next: "start the server, or correct the host's directory",
    });
  }
  let at = Math.max(0, first - mostBytes);
  const begun = linesIn(await textFrom(file, at, first));
  at = first - Buffer.byteLength(begun.rest);
  const tail = options.tail ?? 200;
  for (const text of begun.lines.slice(-tail)) yield { text, source: file };
  while (options.follow && !signal.aborted) {
    const size = (await sizeOf(file)) ?? 0;
    // A log that became shorter was begun anew.
    if (size < at) at = 0;
    const { lines, rest } = size > at ? linesIn(await textFrom(file, at, size)) : { lines: [], rest: "" };
    if (size > at) at = size - Buffer.byteLength(rest);
    for (const text of lines) yield { text, source: file };
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
  if (!options.follow && begun.rest !== "") yield { text: begun.rest, source: file };
}

function linesIn(text: string): { readonly lines: readonly string[]; readonly rest: string } {
  const lines = text.split(/\r?\n/);
  return { lines: lines.slice(0, -1), rest: lines.at(-1) ?? "" };
}

async function textFrom(file: string, from: number, to: number): Promise<string> {
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(Math.max(0, to - from));
    const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, from);
    return buffer.subarray(0, bytesRead).toString("utf8");
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}
