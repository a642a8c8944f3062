// The hosts of this window: the rows of `plugsmith.hosts`, and the local host while it runs. In an untrusted workspace there
// are none at all, so nothing is ever sent.

import type { Disposable, Event } from "vscode";
import { createEmitter } from "./emitter.js";
import { localHostName, localMetaflowName } from "./localHostName.js";
import { type HostConfig, type HostConfigProblem, parseHostConfigs, type SystemId } from "./ops/index.js";

export interface HostRows extends Disposable {
  all(): readonly HostConfig[];
  named(name: string): HostConfig | undefined;
  /** Sentences about rows that are left out. */
  problems(): readonly HostConfigProblem[];
  /** Adds the running local host, or takes it out again. */
  setLocal(url: string | undefined): void;
  readonly onDidChange: Event<void>;
}

/** Where the rows come from. */
export interface HostSetting {
  /** The value as it stands in the settings; undefined where it may not be used. */
  value(): unknown;
  /** Folder that relative paths in the rows are relative to. */
  base?(): string | undefined;
  /** Whether the workspace has plugins of this system: the local host is shown as one of Buntime, and of others that are here. */
  hasPlugins?(system: SystemId): boolean;
  readonly onDidChange: Event<void>;
}

export function createHostRows(from: HostSetting): HostRows {
  const changed = createEmitter<void>();
  let local: readonly HostConfig[] = [];
  const parsed = () => parseHostConfigs(from.value(), from.base?.());
  const all = () => {
    const { hosts } = parsed();
    const isListed = ({ name, system, url }: HostConfig) =>
      hosts.some((host) => (host.url === url && host.system === system) || host.name === name);
    const isOfUse = ({ system }: HostConfig) => system === "buntime" || from.hasPlugins?.(system) === true;
    return [...local.filter((row) => isOfUse(row) && !isListed(row)), ...hosts];
  };
  const listening = [changed, from.onDidChange(() => changed.fire())];
  return {
    all,
    named: (name) => all().find((host) => host.name === name),
    problems: () => parsed().problems,
    setLocal: (url) => {
      local = url === undefined ? [] : localRows.map((row) => ({ ...row, url, level: "local" }));
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}

const localRows: readonly Pick<HostConfig, "name" | "system">[] = [
  { name: localHostName, system: "buntime" },
  { name: localMetaflowName, system: "metaflow" },
];
