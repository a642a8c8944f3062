// How connected hosts list a plugin, in words.

import { ageOf } from "./age.js";
import type { Manifest, PluginDescription } from "./system.js";

export const stateWords = (state: string): string => WORDS[state] ?? state;

const WORDS: Readonly<Record<string, string>> = {
  installed: "installed but not loaded",
  lingering: "removed but still loaded",
  failed: "failed to load",
};

/** One text per host of the system that lists the plugin: `loaded on staging as 1.1.0, 2 min ago`. */
export function statesOnHosts(
  { workspace }: Manifest,
  { system, name, version }: Pick<PluginDescription, "system" | "name" | "version">,
): string[] {
  return workspace.hosts.flatMap((host) => {
    const plugin = host.system === system ? host.plugins.find((one) => one.name === name) : undefined;
    if (!plugin) return [];
    const other = plugin.version !== undefined && plugin.version !== version ? ` as ${plugin.version}` : "";
    return [`${stateWords(plugin.state)} on ${host.name}${other}, ${ageOf(host.at)}`];
  });
}
