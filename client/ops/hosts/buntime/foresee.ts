// What an operation will change on a Buntime host, in words, from what the host lists now.
import { definedOf } from "../../values.js";
import type { Change, Intent, PluginSummary } from "../host.js";
import type { Inventory } from "./list.js";

/** `ways`: where files are put, and what is told to reload, as places for people: "the management API at buntime.example.org". */
export interface Places {
  readonly files: readonly string[];
  readonly reload: readonly string[];
}

export function foreseen(intent: Intent, host: Inventory, places: Places): readonly Change[] {
  const reload = places.reload.map((where): Change => {
    const detail = "requests to plugins fail while that goes on";
    return { action: "restart", what: "all plugins, by a reload", where, detail };
  });
  switch (intent.operation) {
    case "reload":
      return reload;
    case "remove": {
      const there = host.plugins.find(({ name }) => name === intent.plugin);
      if (there === undefined) return reload;
      const removal = places.files.map((where) => ({
        action: "remove" as const,
        what: `the files of ${words(there, intent.plugin)}`,
        where: placed(where, there),
      }));
      return [...removal, ...reload];
    }
    case "enable":
    case "disable": {
      const there = host.plugins.find(({ name }) => name === intent.plugin);
      const what = `"enabled: ${intent.operation === "enable"}" in the manifest of "${intent.plugin}"`;
      return [
        ...places.files.slice(0, 1).map((where) => ({ action: "replace" as const, what, where: placed(where, there) })),
        ...reload,
      ];
    }
    default: {
      const { name, version } = intent.shipment;
      const there = host.plugins.find((plugin) => plugin.name === name && plugin.removeKey !== undefined);
      const what = `plugin "${name}"${version === undefined ? "" : ` ${version}`}`;
      const put = places.files.map((where): Change => {
        const detail = there === undefined ? undefined : `its folder there is replaced as a whole${was(there)}`;
        const action = there === undefined ? "add" : "replace";
        return { action, what, where: placed(where, there), ...definedOf({ detail }) };
      });
      return intent.operation === "upload" ? put : [...put, ...reload];
    }
  }
}

function words(plugin: PluginSummary | undefined, name: string): string {
  const version = plugin?.version === undefined ? "" : ` ${plugin.version}`;
  return `"${name}"${version}`;
}

function placed(where: string, there: PluginSummary | undefined): string {
  return there?.path === undefined ? where : `${where}: ${there.path}`;
}

function was({ version, state }: PluginSummary): string {
  return version === undefined ? `, now ${state}` : `, now ${version} and ${state}`;
}
