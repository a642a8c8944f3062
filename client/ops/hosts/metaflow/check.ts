// What on a host stands against a plugin, before anything is sent: a name or an identifier that is taken, an entry that fetches the
// plugin from a repository instead, no way to its PLUGINS value. Reads only; what can't be known is no finding.
import type { Finding } from "../host.js";
import { isRemote } from "./change.js";
import type { MetaflowShipment } from "./shipment.js";
import type { Site } from "./site.js";
import { stateOf } from "./state.js";

export async function check(site: Site, shipment: MetaflowShipment, signal: AbortSignal): Promise<readonly Finding[]> {
  const { identifier, parts } = shipment;
  const { answered, plugins } = await stateOf(site, "check", signal);
  const findings: Finding[] = [];
  const tell = (severity: Finding["severity"], code: string, message: string) =>
    findings.push({ severity, code, message });
  const listed = answered?.listed ?? [];
  for (const { name } of parts) {
    const rival = listed.find((one) => one.name === name && one.identifier !== identifier);
    if (rival === undefined) continue;
    const message = `"${name}" is already the name of the plugin "${rival.identifier}" on ${site.host}: the first of them serves and shows; rename one, or name this folder "${rival.identifier}" to replace it`;
    tell("error", "metaflow/duplicate-name", message);
  }
  const own = listed.find((one) => one.identifier === identifier);
  if (own !== undefined && !parts.some(({ name }) => name === own.name)) {
    const message = `the folder "${identifier}" on ${site.host} holds the plugin "${own.name ?? ""}" now; it would be replaced`;
    tell("warning", "metaflow/other-plugin", message);
  }
  const entry = plugins?.entries.get(identifier);
  const isSent = !isRemote(entry ?? shipment.entry);
  for (const trouble of isSent ? ((await site.place?.troubles?.(signal)) ?? []) : [])
    tell("error", "metaflow/place-does-not-last", trouble);
  if (plugins === undefined && own === undefined) {
    const message = `the row of ${site.host} names no file with its PLUGINS value; add ${JSON.stringify(identifier)}: ${JSON.stringify(shipment.entry)} there yourself, since the service loads nothing that has no entry`;
    tell("warning", "metaflow/no-plugins-file", message);
  }
  if (answered?.broken !== undefined) tell("warning", "metaflow/list-broken", answered.broken);
  return findings;
}
