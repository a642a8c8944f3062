// Reading back after a reload: is the plugin that was sent the one that runs, and when it isn't, why not.
// A reload's own list names everything scanned, failed plugins too; only `loaded` counts. Reasons are computed from the manifest and
// the host's lists; the last one, for what only the host's log knows, says where to look.
import type { Reloaded, Verdict } from "../host.js";
import { builtIn, dependencyState } from "./check.js";
import type { Inventory } from "./list.js";
import { fieldFindings } from "./packing/fields.js";
import type { BuntimeShipment } from "./shipment.js";

export function verdictOn(shipment: BuntimeShipment, reloaded: Reloaded | undefined, host: Inventory): Verdict {
  const { manifest } = shipment;
  const name = manifest.name ?? "";
  const plugin = host.plugins.find((item) => item.name === name && item.state !== "installed");
  if (plugin === undefined) return { state: "notLoaded", ...reasonFor(shipment, reloaded, host) };
  if (builtIn(host, name)) {
    return no(
      "buntime/name-of-built-in",
      `${host.host} runs its built-in "${name}"; the uploaded one never takes effect`,
      "rename the plugin and deploy it again",
    );
  }
  if (manifest.disabled && reloaded !== undefined) {
    return no(
      "buntime/other-copy",
      `${host.host} runs another "${name}": the one that was sent is disabled in its manifest`,
      "look for a second folder with this name on the host",
    );
  }
  const version = reloaded?.scanned.find((item) => item.name === name)?.version;
  const seen = version === undefined || plugin.version !== undefined ? plugin : { ...plugin, version };
  const note = noteOn(shipment, seen.base, version, host);
  return { state: "verified", plugin: seen, ...(note === undefined ? {} : { note }) };
}

type Reason = { readonly code: string; readonly reason: string; readonly next: string };

function reasonFor(shipment: BuntimeShipment, reloaded: Reloaded | undefined, host: Inventory): Reason {
  const { manifest } = shipment;
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
  if (!shipment.entries.some((entry) => isEntry(shipment, entry))) {
    return why(
      "buntime/entry-missing",
      `"${name}" has no entry file in its archive: ${entryWords(shipment)}; the host passes over such a folder without a word`,
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

/** What surprises although the plugin runs. */
function noteOn(
  shipment: BuntimeShipment,
  base: string | undefined,
  version: string | undefined,
  host: Inventory,
): string | undefined {
  const { manifest } = shipment;
  if (manifest.base !== base) {
    const where = base === undefined ? "without a base" : `at base "${base}"`;
    return `it runs ${where} although the manifest says ${manifest.base === undefined ? "none" : `"${manifest.base}"`}; the plugin's code can change it`;
  }
  const sent = manifest.version;
  if (sent !== undefined && version !== undefined && version !== sent) {
    return `the host reports version "${version}" for what was sent as "${sent}"; it may have another copy`;
  }
  const rival =
    base === undefined ? undefined : host.loaded.find((item) => item.base === base && item.name !== manifest.name);
  return rival === undefined
    ? undefined
    : `"${rival.name}" has the same base "${base}"; only the first of them answers`;
}

const fallbacks = ["plugin.ts", "plugin.js", "index.ts", "index.js"];

function isEntry(shipment: BuntimeShipment, entry: string): boolean {
  const wanted = shipment.manifest.pluginEntry?.replace(/^\.\//, "");
  return entry === wanted || fallbacks.includes(entry);
}

function entryWords(shipment: BuntimeShipment): string {
  const { pluginEntry } = shipment.manifest;
  return pluginEntry === undefined ? `none of ${fallbacks.join(", ")} is there` : `"${pluginEntry}" is not there`;
}

function why(code: string, reason: string, next: string): Reason {
  return { code, reason, next };
}

function no(code: string, reason: string, next: string): Verdict {
  return { state: "notLoaded", code, reason, next };
}
