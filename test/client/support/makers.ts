// Hosts, plugins and records as tests need them: sound by themselves, with what matters replaced.
import type { HostConfig, LedgerEntry, PluginSummary } from "../../../client/ops/index.js";
import type { HostState } from "../../../client/views/hostStore.js";
import type { RecordOf } from "../../../client/views/model/index.js";
import type { LocalPlugin } from "../../../server/protocol.js";

export function row(more: Partial<HostConfig> = {}): HostConfig {
  return { name: "staging", system: "buntime", url: "https://buntime.example.org", level: "shared", ...more };
}

export function summary(more: Partial<PluginSummary> = {}): PluginSummary {
  return { name: "notes", state: "loaded", routes: [], menus: [], dependencies: [], optionalDependencies: [], ...more };
}

const actions = ["list", "upload", "reload", "remove"] as const;

export function state(more: Partial<HostState> = {}): HostState {
  return {
    config: row(),
    reach: { is: "answers" },
    actions: more.reach?.is === "unsupported" ? [] : actions,
    plugins: [],
    at: Date.now(),
    ...more,
  };
}

export function local(more: Partial<LocalPlugin> = {}): LocalPlugin {
  const root = "file:///w/notes";
  return { system: "buntime", name: "notes", root, manifest: `${root}/manifest.yaml`, errors: 0, warnings: 0, ...more };
}

export function sent(more: Partial<LedgerEntry> = {}): LedgerEntry {
  const at = "2024-05-06T07:08:09.000Z";
  return { id: "1", at, host: "staging", plugin: "notes", action: "deploy", result: "verified", ...more };
}

export const noRecord: RecordOf = () => undefined;
