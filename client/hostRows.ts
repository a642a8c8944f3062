// The hosts of this window: the rows of `plugsmith.hosts`, and the local host while it runs. In an untrusted workspace there
// are none at all, so nothing is ever sent.

import { type Disposable, type Event, EventEmitter, workspace } from "vscode";
import { setting } from "./configuration.js";
import { localHostName } from "./localHostName.js";
import { type HostConfig, type HostConfigProblem, parseHostConfigs } from "./ops/index.js";

export interface HostRows extends Disposable {
  all(): readonly HostConfig[];
  named(name: string): HostConfig | undefined;
  /** Sentences about rows that are left out. */
  problems(): readonly HostConfigProblem[];
  /** Adds the running local host, or takes it out again. */
  setLocal(url: string | undefined): void;
  readonly onDidChange: Event<void>;
}

export function createHostRows(): HostRows {
  const changed = new EventEmitter<void>();
  let local: HostConfig | undefined;
  const parsed = () => parseHostConfigs(workspace.isTrusted ? setting("hosts") : []);
  const all = () => {
    const { hosts } = parsed();
    const url = local?.url;
    const listed = hosts.some((host) => host.url === url || host.name === localHostName);
    return local === undefined || listed ? hosts : [local, ...hosts];
  };
  const listening = [
    changed,
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("plugsmith.hosts") && changed.fire()),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  ];
  return {
    all,
    named: (name) => all().find((host) => host.name === name),
    problems: () => parsed().problems,
    setLocal: (url) => {
      local = url === undefined ? undefined : { name: localHostName, system: "buntime", url, level: "local" };
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}
