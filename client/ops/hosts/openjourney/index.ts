// The OpenJourney adapter: docker, a registry and a cluster behind the words that every host shares.
import { openCluster } from "../../transports/kubernetes/index.js";
import type { HostConfig, HostIo, LogLine, LogOptions, PluginHost } from "../host.js";
import { errorText } from "../hostError.js";
import { reload, remove, upload } from "./change.js";
import { doctor } from "./doctor.js";
import { check, foresee } from "./foresee.js";
import { imagesDigest, pluginsOn, versionOf, workloadsOn } from "./live.js";
import { openjourneyShipment } from "./shipment.js";
import { type Site, siteOf } from "./site.js";
import { verify } from "./verify.js";

export function connectOpenjourney(config: HostConfig, io: HostIo): PluginHost {
  const site = siteOf(config, io);
  return {
    config,
    loadsAtOnce: true,
    list: (signal) => pluginsOn(site, signal),
    check: (shipment, signal) => check(site, openjourneyShipment(shipment), signal),
    upload: (shipment, signal) => upload(site, openjourneyShipment(shipment), signal),
    reload: (signal) => reload(site, signal),
    verify: (shipment, _reloaded, signal) => verify(site, openjourneyShipment(shipment), signal),
    remove: (name, signal) => remove(site, name, signal),
    foresee: (intent, signal) => foresee(site, intent, signal),
    fingerprint: async (plugin, signal) => {
      const own = (await workloadsOn(site, "comparison", signal)).filter((one) => one.plugin === plugin);
      const [first] = own;
      if (first === undefined) return undefined;
      const version = versionOf(first.image);
      return { contents: imagesDigest(own), ...(version === undefined ? {} : { version }) };
    },
    logs: (plugin, options, signal) => logs(site, plugin, options, signal),
    doctor: (signal) => doctor(site, signal),
    address: () => config.url,
  };
}

/** Workload by workload; followed, those of one plugin, which mostly has one. */
async function* logs(
  site: Site,
  plugin: string | undefined,
  { follow, tail }: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  const all = await workloadsOn(site, "logs", signal);
  for (const { selector } of all.filter((one) => plugin === undefined || one.plugin === plugin)) {
    const cluster = openCluster(site.run, { ...site.place, selector, directory: "/" });
    for await (const one of cluster.logs({ follow, ...(tail === undefined ? {} : { tail }), signal })) {
      yield "line" in one
        ? { text: one.line, source: one.pod }
        : { text: `its log can't be read: ${errorText(one.error)}`, source: one.pod };
    }
  }
}
