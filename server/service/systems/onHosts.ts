// What connected hosts said of a plugin, in words, with the name of the host and the age of the news.

import { ageOf } from "./age.js";
import type { HostPlugin, HostSnapshot } from "./facts.js";
import type { Manifest, PluginDescription } from "./system.js";

export interface OnHost {
  readonly host: HostSnapshot;
  readonly plugin: HostPlugin;
}

/** The connected hosts of the manifest's system. */
export const hostsOf = ({ workspace, system }: Manifest): readonly HostSnapshot[] =>
  workspace.hosts.filter((host) => host.system === system.id);

/** Those that list the plugin. */
export const onHosts = (manifest: Manifest, name: string | undefined): readonly OnHost[] =>
  hostsOf(manifest).flatMap((host) => {
    const plugin = host.plugins.find((one) => one.name === name);
    return plugin ? [{ host, plugin }] : [];
  });

/** Those that don't. */
const othersThan = (manifest: Manifest, name: string | undefined): readonly HostSnapshot[] =>
  hostsOf(manifest).filter(({ plugins }) => !plugins.some((one) => one.name === name));

const stateWords = (state: string): string => WORDS[state] ?? state;

const WORDS: Readonly<Record<string, string>> = {
  installed: "installed but not loaded",
  lingering: "removed but still loaded",
  failed: "failed to load",
};

type Described = Pick<PluginDescription, "name" | "version">;

/** One text per host that lists the plugin: `loaded on staging as 1.1.0, 2 min ago`. */
export const statesOnHosts = (manifest: Manifest, { name, version }: Described): string[] =>
  onHosts(manifest, name).map(({ host, plugin }) => {
    const other = plugin.version !== undefined && plugin.version !== version ? ` as ${plugin.version}` : "";
    return `${stateWords(plugin.state)} on ${host.name}${other}, ${ageOf(host.at)}`;
  });

/** The same, and the others behind them: `not on production`. For hosts that list all they have. */
export function standingOnHosts(manifest: Manifest, described: Described): string[] {
  const others = othersThan(manifest, described.name).map((host) => host.name);
  return [...statesOnHosts(manifest, described), ...(others.length > 0 ? [`not on ${someOf(others)}`] : [])];
}

/** Markdown lines: `on "staging": loaded, version 1.2.0, base /notes (2 min ago)`. */
export function hostLines(manifest: Manifest, name: string): string[] {
  return hostsOf(manifest).map((host) => {
    const plugin = host.plugins.find((one) => one.name === name);
    const parts = plugin
      ? [
          stateWords(plugin.state),
          ...(plugin.version === undefined ? [] : [`version ${plugin.version}`]),
          ...(plugin.base === undefined ? [] : [`base \`${plugin.base}\``]),
        ]
      : ["not there"];
    return `on "${host.name}": ${parts.join(", ")} (${ageOf(host.at)})`;
  });
}

/** A few names, and the number of the rest. */
export const someOf = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`
    : names.join(", ");

const MOST_NAMED = 3;
