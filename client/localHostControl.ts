// The local host of this window: runs in this process while the user wants it, over a folder that outlives it, on the same
// port as last time where that is free, so that what was recorded of it stays true.

import { type Memento, Uri } from "vscode";
import type { HostRows } from "./hostRows.js";
import { type LocalHost, startLocalHost } from "./ops/index.js";

export interface LocalHostControl {
  /** Address of the running host, else undefined. */
  url(): string | undefined;
  /** Starts it unless it runs; answers its address. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

export function createLocalHostControl(
  rows: HostRows,
  memory: Memento,
  folder: Uri,
  log: (line: string) => void,
): LocalHostControl {
  let running: Promise<LocalHost> | undefined;
  let url: string | undefined;

  const begin = async () => {
    const directory = Uri.joinPath(folder, "localHost").fsPath;
    const port = memory.get<number>("localHost.port");
    const start = (wanted: number) => startLocalHost({ directory, port: wanted, log });
    const host = await (port === undefined ? start(0) : start(port).catch(() => start(0)));
    await memory.update("localHost.port", host.port);
    url = host.url;
    rows.setLocal(host.url);
    return host;
  };
  return {
    url: () => url,
    start: async () => {
      running ??= begin().catch((error: unknown) => {
        running = undefined;
        throw error;
      });
      return (await running).url;
    },
    stop: async () => {
      const old = running;
      running = undefined;
      url = undefined;
      rows.setLocal(undefined);
      await (await old)?.stop();
    },
  };
}
