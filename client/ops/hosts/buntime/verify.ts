// Reading back after a reload: is the plugin that was sent the one that runs, and when it isn't, why not.
// A reload's own list names everything scanned, failed plugins too; only `loaded` counts. Reasons are computed from the manifest and
// the host's lists; the last one, for what only the host's log knows, says where to look.
import type { Reloaded, Verdict } from "../host.js";
import { runs } from "../states.js";
import { builtIn } from "./check.js";
import type { Inventory } from "./list.js";
import { reasonFor } from "./reasons.js";
import type { BuntimeShipment } from "./shipment.js";

export function verdictOn(shipment: BuntimeShipment, reloaded: Reloaded | undefined, host: Inventory): Verdict {
  const { manifest } = shipment;
  const name = manifest.name ?? "";
  const plugin = host.plugins.find((item) => item.name === name && runs(item.state));
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

function no(code: string, reason: string, next: string): Verdict {
  return { state: "notLoaded", code, reason, next };
}
