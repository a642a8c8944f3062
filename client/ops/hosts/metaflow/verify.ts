// Reading back after a restart: does the service list what was sent, in this version and with these files, and serve its page?
// The list grows while plugins load, so it is asked again until everything is there or nothing changes any more.
import type { Verdict } from "../host.js";
import { isStarting } from "./change.js";
import type { Listed } from "./listing.js";
import { pause } from "./pause.js";
import type { Answered, Service } from "./service.js";
import type { MetaflowShipment, Part } from "./shipment.js";
import { noService, type Site } from "./site.js";
import { stateOf, summaries } from "./state.js";
import { type Reason, reasonFor } from "./why.js";

/** Loading clones repositories, one after the other. */
const longest = 60_000;
const quiet = 3000;

/** `restarted`: whether the list may still be growing. */
export async function verify(
  site: Site,
  shipment: MetaflowShipment,
  restarted: boolean,
  signal: AbortSignal,
): Promise<Verdict> {
  const { service } = site;
  if (service === undefined) return byLog(site, shipment, signal);
  const { identifier, parts } = shipment;
  const answered = await settled(site, service, shipment, restarted ? "grows" : "stands", signal);
  const state = { ...(await stateOf(site, "verification", signal)), answered };
  for (const part of parts) {
    const listed = answered.listed.find((one) => one.identifier === identifier && one.name === part.name);
    const wrong =
      listed === undefined
        ? await reasonFor(identifier, state, signal)
        : (outdated(listed, part, shipment, site) ?? (await unserved(part, service, answered, signal)));
    if (wrong !== undefined) return { state: "notLoaded", ...wrong };
  }
  const all = await summaries(state, signal);
  const plugin = all.find((one) => one.removeKey === identifier && one.name === parts[0]?.name);
  if (plugin === undefined) return { state: "notLoaded", ...(await reasonFor(identifier, state, signal)) };
  const { note } = plugin;
  return { state: "verified", plugin, ...(note === undefined ? {} : { note }) };
}

/** Without an address, the log of the pods says what was loaded when they started. */
async function byLog(site: Site, { identifier }: MetaflowShipment, signal: AbortSignal): Promise<Verdict> {
  if (site.cluster === undefined) throw noService(site, "verification");
  const until = Date.now() + Math.min(site.io.timeouts?.reload ?? longest, longest);
  for (;;) {
    const state = await stateOf(site, "verification", signal);
    const plugin = (await summaries(state, signal)).find((one) => one.removeKey === identifier);
    if (plugin?.state === "loaded") return { state: "verified", plugin, note: plugin.note ?? "" };
    if (state.ready !== undefined || Date.now() >= until)
      return { state: "notLoaded", ...(await reasonFor(identifier, state, signal)) };
    await pause(signal);
  }
}

function outdated(listed: Listed, part: Part, { entries }: MetaflowShipment, { host }: Site): Reason | undefined {
  const { name, version, path: inside } = part;
  if (listed.version !== version) {
    return {
      code: "metaflow/not-restarted",
      reason: `${host} lists version "${listed.version ?? ""}" of "${name}", and "${version}" was sent: it has not been restarted since, or reads another folder`,
      next: "restart the service; where it fetches the plugin from a repository, push there first",
    };
  }
  const top = entries.filter((file) => file.slice(0, Math.max(0, file.lastIndexOf("/"))) === inside);
  const missing = top.map((file) => file.slice(file.lastIndexOf("/") + 1)).find((file) => !listed.files.includes(file));
  if (missing === undefined || listed.repository !== undefined) return undefined;
  return {
    code: "metaflow/not-restarted",
    reason: `${host} lists "${name}" without its file "${missing}": it was started before the file was there`,
    next: "restart the service",
  };
}

/** The service doesn't look whether the entrypoint is there. */
async function unserved(
  { name, entrypoint }: Part,
  service: Service,
  { route }: Answered,
  signal: AbortSignal,
): Promise<Reason | undefined> {
  const file = entrypoint.replace(/^(\.?\/)+/, "").replace(/[?#].*$/, "");
  const page = `${route}/${encodeURIComponent(name)}/${encodeURIComponent(file)}`;
  const status = await service.statusOf("verification", page, signal);
  if (status === 200) return undefined;
  return {
    code: "metaflow/page-not-served",
    reason: `${service.host} lists "${name}" and answers its page "${file}" with status ${status}`,
    next: "see that the file lies at the top of the plugin's folder on the host, and restart the service",
  };
}

/** The list once it holds what was sent, or once it stopped growing. */
async function settled(
  { io }: Site,
  service: Service,
  { parts, identifier }: MetaflowShipment,
  list: "grows" | "stands",
  signal: AbortSignal,
): Promise<Answered> {
  const time = Math.min(io.timeouts?.reload ?? longest, longest);
  const until = Date.now() + time;
  const calm = Math.min(quiet, time / 3);
  const isThere = ({ listed }: Answered) =>
    parts.every(({ name, version }) =>
      listed.some((one) => one.identifier === identifier && one.name === name && one.version === version),
    );
  let length = -1;
  let since = Date.now();
  for (;;) {
    const answered = await service.list("verification", signal).catch((error: unknown) => {
      if (list === "grows" && isStarting(error) && Date.now() < until) return undefined;
      throw error;
    });
    if (answered?.listed.length !== length) since = Date.now();
    length = answered?.listed.length ?? -1;
    const isOver = list === "stands" || Date.now() >= until || Date.now() - since >= calm;
    if (answered !== undefined && (isOver || isThere(answered))) return answered;
    await pause(signal);
  }
}
