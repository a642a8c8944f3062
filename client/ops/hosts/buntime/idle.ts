// Plugins that a host has and does not run: disabled, or failed for a reason that their files tell. Looked at one by one, so only so
// many; without an answer a plugin stays "installed", and nothing is said that isn't known.

import type { PluginSummary } from "../host.js";
import { HostError } from "../hostError.js";
import { contentsOf, type HostFiles } from "./files.js";
import type { Inventory } from "./list.js";
import { reasonFor } from "./reasons.js";

const mostLookedAt = 20;
const guesses = ["buntime/start-failed", "buntime/dependency-cycle", "buntime/not-scanned"];

export async function withReasons(
  host: Inventory,
  filesOf: (name: string) => HostFiles | undefined,
  signal: AbortSignal,
): Promise<Inventory> {
  let left = mostLookedAt;
  const plugins: PluginSummary[] = [];
  for (const plugin of host.plugins) {
    const files = plugin.state === "installed" && left > 0 ? filesOf(plugin.name) : undefined;
    if (files !== undefined) left -= 1;
    plugins.push(files === undefined ? plugin : await explained(plugin, host, files, signal));
  }
  return { ...host, plugins };
}

async function explained(
  plugin: PluginSummary,
  host: Inventory,
  files: HostFiles,
  signal: AbortSignal,
): Promise<PluginSummary> {
  try {
    const contents = await contentsOf(files, signal);
    if (contents === undefined) return plugin;
    const { version, disabled } = contents.manifest;
    const known = version === undefined ? plugin : { ...plugin, version };
    if (disabled) return { ...known, state: "disabled", note: 'its manifest says "enabled: false"' };
    const { code, reason } = reasonFor(contents, undefined, host);
    // Without a reload since, a plugin that nothing speaks against may simply wait for one.
    if (guesses.includes(code)) return known;
    return { ...known, state: "failed", note: reason, reason: { code, message: reason } };
  } catch (error) {
    // The list is worth more than the reason.
    if (error instanceof HostError && error.kind !== "cancelled") return plugin;
    throw error;
  }
}
