// Why the service has not loaded a plugin, by the rules that it loads by: the entry, the folder, the manifest. It says so in its
// log alone, so what can be worked out here is said here; the rest names the line to look for.
import { logReason } from "./logs.js";
import { readManifest } from "./packing/manifest.js";
import { pathsOf } from "./shipment.js";
import type { State } from "./state.js";

export interface Reason {
  readonly code: string;
  readonly reason: string;
  readonly next: string;
}

export async function reasonFor(identifier: string, state: State, signal: AbortSignal): Promise<Reason> {
  const { plugins, folders, site } = state;
  const entry = plugins?.entries.get(identifier);
  if (plugins !== undefined && entry === undefined) {
    const next = `add ${JSON.stringify(identifier)}: {} to PLUGINS (Plugsmith: Add Local Plugin), then restart the service`;
    return why(
      "metaflow/not-registered",
      `"${identifier}" has no entry in PLUGINS, and the service loads nothing else`,
      next,
    );
  }
  const repository = entry?.repository;
  const isLocal = typeof repository !== "string" || repository === "";
  const folder = folders?.find((one) => one.identifier === identifier);
  if (folders !== undefined && folder === undefined && isLocal && entry !== undefined) {
    const reason = `"${identifier}" has an entry in PLUGINS, but there is no such folder in ${site.place?.where ?? "installed/"}`;
    return why("metaflow/folder-missing", reason, "deploy the plugin, or take the entry out");
  }
  if (folder !== undefined && site.place !== undefined) {
    const { place } = site;
    for (const inside of pathsOf(entry ?? {})) {
      const file = inside === "" ? "manifest.json" : `${inside}/manifest.json`;
      const text = await place.read(identifier, file, signal).catch(() => undefined);
      const [finding] = readManifest(text, inside).findings;
      if (finding !== undefined)
        return why(finding.code, `in ${folder.at}: ${finding.message}`, "correct it and deploy again");
    }
  }
  const logged = site.cluster === undefined ? undefined : await logReason(site.cluster, identifier, signal);
  if (logged !== undefined) {
    const reason = `${site.host} has not loaded "${identifier}"${logged.means === undefined ? "" : `: ${logged.means}`} (its log says: ${logged.said})`;
    return why("metaflow/log", reason, "correct that and restart the service");
  }
  if (plugins === undefined) {
    const reason = `${site.host} does not list "${identifier}"; its PLUGINS value may have no entry for it, which can't be seen from here`;
    const next = `see that PLUGINS has ${JSON.stringify(identifier)}: {} and restart the service; name its file as pluginsFile to have that done`;
    return why("metaflow/perhaps-not-registered", reason, next);
  }
  if (!isLocal) {
    const reason = `${site.host} has not loaded "${identifier}" from its repository: it could not fetch or check out ${String(entry?.ref ?? "origin/master")}`;
    return why("metaflow/not-fetched", reason, `look in the service's log for [${identifier}:`);
  }
  const reason = `${site.host} does not list "${identifier}", although its entry and its folder are sound: the service has not been restarted since, or reads another PLUGINS value or folder`;
  return why("metaflow/not-restarted", reason, `restart the service, and look in its log for [${identifier}:`);
}

const why = (code: string, reason: string, next: string): Reason => ({ code, reason, next });
