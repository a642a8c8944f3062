// The Buntime adapter. A row says by its fields how its host is reached: by the management API at its address, by the pods of a
// cluster, or by a directory of this machine that the host reads; the last two beside the address where there is one.
import type { HostConfig, HostIo, PluginHost } from "../host.js";
import { connectApi } from "./api.js";
import { connectDirectory } from "./directory.js";
import { connectPods } from "./pods/index.js";

export function connectBuntime(config: HostConfig, io: HostIo): PluginHost {
  if (config.kubernetes !== undefined) return connectPods(config, config.kubernetes, io);
  return config.directory === undefined ? connectApi(config, io) : connectDirectory(config, config.directory, io);
}
