// A SkyPilot release in a cluster behind the words every host shares. This file only says which operation is which.
import type { HostConfig, HostIo, KubernetesTarget, LogLine, PluginHost, Removed } from "../../host.js";
import { openApi } from "../api.js";
import { describeHealth } from "../describe.js";
import { groupNamed } from "../groups.js";
import { skypilotShipment } from "../shipment.js";
import { pluginsVariable } from "../variables.js";
import { verdictOn } from "../verify.js";
import { fingerprintIn, roll, takeOut, upload } from "./change.js";
import { doctorOf } from "./doctor.js";
import { look } from "./look.js";
import { meant } from "./meant.js";
import { type ClusterServer, clusterServer } from "./place.js";
import { check, foresee } from "./plan.js";

export function connectCluster(config: HostConfig, target: KubernetesTarget, io: HostIo): PluginHost {
  const server = clusterServer(config, target, io);
  const { url } = config;
  return {
    config,
    ...(url === undefined
      ? {}
      : {
          describe: async (signal) =>
            describeHealth(await (await openApi(config, io, "connection")).health("connection", signal)),
        }),
    list: async (signal) => (await look(server, { step: "list", imports: false }, signal)).plugins,
    check: (shipment, signal) => check(server, skypilotShipment(shipment), signal),
    foresee: (intent, signal) => foresee(server, intent, signal),
    fingerprint: (plugin, signal) => fingerprintIn(server, plugin, signal),
    upload: (shipment, signal) => upload(server, skypilotShipment(shipment), signal),
    reload: async (signal) => {
      const began = Date.now();
      const replicas = await roll(server, signal);
      const { groups } = await look(server, { step: "reload", imports: false }, signal);
      const scanned = groups.map(({ name, version }) => ({ name, ...(version === undefined ? {} : { version }) }));
      return { scanned, milliseconds: Date.now() - began, replicas };
    },
    verify: async (shipment, _reloaded, signal) => {
      const now = await look(server, { step: "verification", imports: true }, signal);
      const file = `the ConfigMap "${server.configMap}"`;
      return verdictOn(skypilotShipment(shipment), {
        ...now,
        after: now.shown.plugins,
        file,
        variable: pluginsVariable,
      });
    },
    remove: (name, signal) => remove(server, name, signal),
    logs: (_plugin, options, signal) => lines(server, options, signal),
    doctor: (signal) => doctorOf(server, signal),
  };
}

async function remove(server: ClusterServer, name: string, signal: AbortSignal): Promise<Removed> {
  const { classes, stem, key } = await meant(server, name, signal);
  const taken = await takeOut(server, classes, stem, signal);
  const rolled = await roll(server, signal);
  const { groups } = await look(server, { step: "removal", imports: false }, signal);
  return { name, key, gone: groupNamed(groups, key) === undefined, replicas: [...taken, ...rolled] };
}

async function* lines(
  { cluster }: ClusterServer,
  { follow, tail }: { readonly follow: boolean; readonly tail?: number },
  signal: AbortSignal,
): AsyncIterable<LogLine> {
  for await (const line of cluster.logs({ follow, signal, ...(tail === undefined ? {} : { tail }) })) {
    yield { text: "line" in line ? line.line : line.error.message, source: line.pod };
  }
}
