// The SkyPilot adapter: which kind of server a row means decides what can be done with it. One in a cluster is changed through its
// ConfigMap, one on this machine through its folder and its Python; of any other only the list can be read.
import type { HostConfig, HostIo, PluginHost } from "../host.js";
import { isLoopback } from "../loopback.js";
import { openApi } from "./api.js";
import { connectCluster } from "./cluster/index.js";
import { describeHealth } from "./describe.js";
import { shownAlone } from "./inventory.js";
import { connectLocal } from "./local/index.js";

export function connectSkypilot(config: HostConfig, io: HostIo): PluginHost {
  if (config.kubernetes !== undefined) return connectCluster(config, config.kubernetes, io);
  const isHere = config.directory !== undefined || config.own?.python !== undefined || isLoopback(config.url ?? "");
  return isHere ? connectLocal(config, io) : connectRemote(config, io);
}

/** SkyPilot has no way to take a plugin over HTTP. */
function connectRemote(config: HostConfig, io: HostIo): PluginHost {
  return {
    config,
    describe: async (signal) =>
      describeHealth(await (await openApi(config, io, "connection")).health("connection", signal)),
    list: async (signal) => shownAlone(await (await openApi(config, io, "list")).plugins("list", signal)),
  };
}
