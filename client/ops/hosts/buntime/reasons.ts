// Why a plugin that is installed does not run, from its manifest, its files and the host's lists. What only the host's log knows is left
// to the log: the last reason says where to look.
import type { Reloaded } from "../host.js";
import { dependencyState } from "./check.js";
import type { Inventory } from "./list.js";
import { fieldFindings } from "./packing/fields.js";
import type { ManifestFacts } from "./packing/manifest.js";

/** What is known of a plugin's files: of a shipment, or of what lies on a host. */
export interface PluginContents {
  readonly manifest: ManifestFacts;
  /** Paths of its files. */
  readonly entries: readonly string[];
}

export type Reason = { readonly code: string; readonly reason: string; readonly next: string };

export function reasonFor(plugin: PluginContents, reloaded: Reloaded | undefined, host: Inventory): Reason {
  const { manifest } = plugin;
  const name = manifest.name ?? "";
  if (manifest.disabled) {
    return why(
      "buntime/disabled",
      `"${name}" is installed and not loaded, because its manifest says "enabled: false"`,
      'set "enabled: true" and deploy again',
    );
  }
  const [field] = fieldFindings(manifest).filter((finding) => finding.severity === "error");
  if (field !== undefined) return why(field.code, field.message, `correct ${manifest.file} and deploy again`);
  if (!plugin.entries.some((entry) => isEntry(plugin, entry))) {
    return why(
      "buntime/entry-missing",
      `"${name}" has no entry file in its archive: ${entryWords(plugin)}; the host passes over such a folder without a word`,
      "build the plugin or correct pluginEntry, and deploy again",
    );
  }
  for (const dependency of manifest.dependencies) {
    const state = dependencyState(host, dependency);
    if (state !== undefined) {
      return why(
        "buntime/dependency-missing",
        `"${name}" is left out because "${dependency}", which it requires, ${state}`,
        `install or repair "${dependency}", then reload`,
      );
    }
  }
  const rival = host.loaded.find((item) => item.base !== undefined && item.base === manifest.base);
  if (reloaded !== undefined && !reloaded.scanned.some((item) => item.name === name)) {
    return why(
      "buntime/not-scanned",
      `${host.host} took the files of "${name}" and did not find a plugin in them`,
      "compare the installed list with the plugin's name, and look in the host's log for [PluginLoader]",
    );
  }
  const idle = host.installed.filter(
    (item) =>
      manifest.optionalDependencies.includes(item.name) && !host.loaded.some((other) => other.name === item.name),
  );
  if (idle.length > 0) {
    return why(
      "buntime/dependency-cycle",
      `"${name}" was scanned and not loaded, like "${idle[0]?.name}" on which it optionally depends: they probably form a cycle, or that plugin fails first`,
      "look in the host's log for [PluginLoader] Circular dependency",
    );
  }
  if (reloaded !== undefined && reloaded.milliseconds >= 29_500) {
    return why(
      "buntime/start-too-slow",
      `"${name}" did not finish its onInit within the 30 s that the host gives`,
      "make onInit return sooner and deploy again",
    );
  }
  const clash = rival === undefined ? "" : ` ("${rival.name}" has the same base)`;
  return why(
    "buntime/start-failed",
    `"${name}" was found by ${host.host} and failed while loading${clash}: its entry could not be imported, or its factory or onInit threw`,
    `look in the host's log for: Failed to load plugin "${name}"`,
  );
}

const fallbacks = ["plugin.ts", "plugin.js", "index.ts", "index.js"];

function isEntry(plugin: PluginContents, entry: string): boolean {
  const wanted = plugin.manifest.pluginEntry?.replace(/^\.\//, "");
  return entry === wanted || fallbacks.includes(entry);
}

function entryWords(plugin: PluginContents): string {
  const { pluginEntry } = plugin.manifest;
  return pluginEntry === undefined ? `none of ${fallbacks.join(", ")} is there` : `"${pluginEntry}" is not there`;
}

function why(code: string, reason: string, next: string): Reason {
  return { code, reason, next };
}
