// What connected hosts said of a plugin, in words, with the name of the host and the age of the news.

import { ageOf } from "../age.js";
import type { HostPlugin, HostSnapshot } from "../facts.js";
import { stateWords } from "../hostStates.js";
import type { Manifest } from "../system.js";

export interface OnHost {
  readonly host: HostSnapshot;
  readonly plugin: HostPlugin;
}

export const hostsOf = ({ workspace, system }: Manifest): readonly HostSnapshot[] =>
  workspace.hosts.filter((host) => host.system === system.id);

export function onHosts(manifest: Manifest, name: string): readonly OnHost[] {
  return hostsOf(manifest).flatMap((host) => {
    const plugin = host.plugins.find((one) => one.name === name);
    return plugin ? [{ host, plugin }] : [];
  });
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
