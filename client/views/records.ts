// What the ledger and the files here say of each plugin on each host: last sent, differing since, whether there is a way back.
// Files are read only for plugins that were sent from here.

import type { LocalPlugin } from "../../server/protocol.js";
import { differsFromSent, type HostConfig, type Ledger, lastSent, type PackPlan } from "../ops/index.js";
import type { HostState } from "./hostStore.js";
import type { HostRecord, RecordOf } from "./model/index.js";
import { theOne } from "./model/local.js";

export async function recordsOf(
  hosts: readonly HostState[],
  local: readonly LocalPlugin[],
  ledger: Ledger,
  planOf: (plugin: LocalPlugin) => Promise<PackPlan | undefined>,
  /** Whose what the host has is, as of its last answer. */
  thereOf: (host: HostConfig, plugin: string, at: number, since: string) => HostRecord["there"],
): Promise<RecordOf> {
  const digests = new Map<string, Promise<string | undefined>>();
  const digestOf = (plugin: LocalPlugin) => {
    const going = digests.get(plugin.root) ?? planOf(plugin).then((plan) => plan?.contents);
    digests.set(plugin.root, going);
    return going;
  };
  const records = new Map<string, HostRecord>();
  const recorded = await ledger.snapshot();
  for (const { config, plugins, at } of hosts) {
    const mine = local.filter((plugin) => plugin.system === config.system);
    const has = new Set(plugins.map((plugin) => plugin.name));
    const names = new Set([...has, ...mine.map((plugin) => plugin.name)]);
    for (const name of names) {
      const here = theOne(local, config.system, name);
      const there = has.has(name) ? (since: string) => thereOf(config, name, at ?? 0, since) : nowhere;
      const record = await recordOf(config, name, here, recorded, digestOf, there);
      if (record !== undefined) records.set(keyOf(config, name), record);
    }
  }
  return (host, plugin) => records.get(keyOf(host, plugin));
}

async function recordOf(
  host: HostConfig,
  name: string,
  here: LocalPlugin | undefined,
  ledger: Pick<Ledger, "history" | "previous">,
  digestOf: (plugin: LocalPlugin) => Promise<string | undefined>,
  thereNow: (since: string) => HostRecord["there"],
): Promise<HostRecord | undefined> {
  const entries = await ledger.history(host, name);
  if (entries.length === 0) return undefined;
  const sent = lastSent(entries);
  const canGoBack = (await ledger.previous(host, name)) !== undefined;
  const digest = here === undefined || sent === undefined ? undefined : await digestOf(here);
  const differs = digest === undefined ? undefined : differsFromSent(entries, digest);
  // Only of what was sent from here can it be told whether it is still that.
  const there = sent === undefined ? undefined : thereNow(entries[0]?.id ?? "");
  const facts = { canGoBack, entries: entries.slice(0, shownEntries), ...(there === undefined ? {} : { there }) };
  return { ...facts, ...(sent === undefined ? {} : { sent }), ...(differs === undefined ? {} : { differs }) };
}

const shownEntries = 20;

const nowhere = () => undefined;

function keyOf(host: HostConfig, plugin: string): string {
  return `${host.name}\n${host.url ?? ""}\n${plugin}`;
}
