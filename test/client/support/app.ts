// What commands are given, made for tests: real rows, store and queue over the stand-in for the editor, and hosts of the test's making.

import type { App } from "../../../client/app.js";
import { createEmitter } from "../../../client/emitter.js";
import { createHostRows } from "../../../client/hostRows.js";
import { createLocalHostControl } from "../../../client/localHostControl.js";
import { type HostConfig, openLedger, type PluginHost } from "../../../client/ops/index.js";
import { createQueue } from "../../../client/queue.js";
import { createSecrets } from "../../../client/secrets.js";
import { createHostStore } from "../../../client/views/hostStore.js";
import { editor } from "./editor.js";

export interface Setup {
  readonly connect?: (config: HostConfig, key?: string) => PluginHost;
  readonly directory?: string;
  /** Folder of the history. */
  readonly ledger?: string;
  readonly port?: number;
}

export interface TestApp {
  readonly app: App;
  readonly log: string[];
  readonly keys: Map<string, string>;
  readonly memory: Map<string, unknown>;
}

export function appFor({
  connect = (config) => ({ config }),
  directory = "",
  ledger = "/nowhere/that/is/there",
  port,
}: Setup = {}): TestApp {
  const log: string[] = [];
  const line = (text: string) => void log.push(text);
  const keys = new Map<string, string>();
  const memory = new Map<string, unknown>(port === undefined ? [] : [["localHost.port", port]]);
  const rows = createHostRows({
    value: () => (editor.isTrusted ? (editor.workspace.get("hosts") ?? editor.user.get("hosts")) : undefined),
    onDidChange: editor.settingsChanged.event,
  });
  const memento = {
    keys: () => [...memory.keys()],
    get: (key: string) => memory.get(key),
    update: async (key: string, value: unknown) => void memory.set(key, value),
  };
  const secretStorage = {
    get: async (key: string) => keys.get(key),
    store: async (key: string, value: string) => void keys.set(key, value),
    delete: async (key: string) => void keys.delete(key),
    onDidChange: createEmitter<{ readonly key: string }>().event,
  };
  const parts = {
    log: { info: line, debug: line, warn: line, error: line, show: () => undefined },
    secrets: createSecrets(secretStorage),
    rows,
    store: createHostStore(rows, connect, line),
    board: { plugins: () => [], rejoin: async () => undefined, reread: async () => undefined },
    localHost: createLocalHostControl(rows, memento as never, directory, line),
    connect: (config: HostConfig) => connect(config),
    connectWith: connect,
    inTurn: createQueue(),
    reveal: async () => undefined,
    ledger: openLedger(ledger),
    archives: directory,
    tools: () => ({}),
    showText: async (title: string) => void editor.shown.push(`shows ${title}`),
    showDifferences: async (title: string, before: readonly { path: string }[], after: readonly { path: string }[]) => {
      editor.shown.push(`compares ${title}: ${before.length} and ${after.length} files`);
    },
  };
  // A checked edge: commands under test use no other part of the application.
  return { app: parts as unknown as App, log, keys, memory };
}
