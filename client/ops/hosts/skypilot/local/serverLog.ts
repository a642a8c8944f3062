// Where a server of this machine writes its log, and what a start that failed has said there.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fromHome } from "../../../transports/home.js";
import type { LocalServer } from "./server.js";

/** The server's log: in its own folder, else in the usual one. */
export async function logOf({ directory }: LocalServer): Promise<string> {
  const own = path.join(directory, "api_server", "server.log");
  return (await stat(own).catch(() => undefined)) === undefined ? fromHome("~/.sky/api_server/server.log") : own;
}

export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** A first start makes the log that `logOf` looks for. */
export async function saidSince(server: LocalServer, log: string, mark: number): Promise<string | undefined> {
  const now = await logOf(server);
  return saidIn(now, now === log ? mark : 0);
}

/** The error that ended the start: the last line of what the log has got since that names an exception. */
async function saidIn(log: string, mark: number): Promise<string | undefined> {
  const bytes = await readFile(log).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const text = bytes.subarray(bytes.byteLength >= mark ? mark : 0).toString("utf8");
  const lines = text.split(/\r?\n/).filter((line) => /^\s*(?:[\w.]+\.)?\w*(?:Error|Exception)\b.*:/.test(line));
  return lines.at(-1)?.trim().slice(0, 400);
}
