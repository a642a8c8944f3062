// The local host of this window: runs in this process while the user wants it, over a folder that outlives it, on the same
// port as last time where that is free, so that what was recorded of it stays true.

import type { Memento } from "vscode";
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
  /** Where it keeps what it is given. */
  directory: string,
  log: (line: string) => void,
): LocalHostControl {
  let running: Promise<LocalHost> | undefined;
  let url: string | undefined;
  // A start waits until the host before has let go of the port.
  let stopping: Promise<void> = Promise.resolve();

  const begin = async () => {
    await stopping;
    const port = memory.get<number>("localHost.port");
    const start = (wanted: number) => startLocalHost({ directory, port: wanted, log });
    const host = await (port === undefined ? start(0) : start(port).catch(() => start(0)));
    await memory.update("localHost.port", host.port);
    url = host.url;
    rows.setLocal(host.url);
    return host;
  };
  const end = async (old: Promise<LocalHost>) => {
    // One that could not be started needs no end; whoever started it has been told.
    const host = await old.catch(() => undefined);
    url = undefined;
    rows.setLocal(undefined);
    await host?.stop();
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
    stop: () => {
      const old = running;
      running = undefined;
      stopping = old === undefined ? stopping : end(old);
      return stopping;
    },
  };
}
