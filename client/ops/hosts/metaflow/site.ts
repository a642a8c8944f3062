// Everything that a host's row says about where its service, its folders and its configuration are, put together for one
// operation. For the local host of this machine it is asked, since no row has to say it.
import { fromHome } from "../../transports/home.js";
import type { ClusterHost } from "../../transports/kubernetes/index.js";
import { runOf } from "../../transports/process.js";
import type { HostConfig, HostIo } from "../host.js";
import { HostError } from "../hostError.js";
import { ownText, ownWords } from "../hostFields.js";
import { isLoopback } from "../loopback.js";
import { clusterSite } from "./cluster.js";
import { localHostAt } from "./localHost.js";
import { directoryPlace, type Place } from "./places.js";
import { type Restart, restartBy } from "./restart.js";
import { type Service, serviceOf } from "./service.js";

export interface Site {
  readonly config: HostConfig;
  readonly io: HostIo;
  /** The host's name in quotes, as messages call it. */
  readonly host: string;
  readonly service?: Service;
  readonly place?: Place;
  readonly pluginsFile?: string;
  readonly restart?: Restart;
  /** The pods that the service runs in. */
  readonly cluster?: ClusterHost;
}

export async function siteOf(config: HostConfig, io: HostIo, step: string, signal: AbortSignal): Promise<Site> {
  const service = serviceOf(config, io);
  const directory = config.directory === undefined ? undefined : fromHome(config.directory);
  const pluginsFile = ownText(config, "pluginsFile");
  const words = ownWords(config, "restart");
  const run = runOf(io);
  const pods = clusterSite(config, run, pluginsFile);
  const place = directory === undefined ? pods?.place : directoryPlace(directory);
  const restart = words === undefined ? pods?.restart : restartBy(words, run);
  const base = { config, io, host: `"${config.name}"`, ...(service && { service }) };
  if (saysNothing(config)) {
    const local = await localHostAt(config, io, step, signal);
    if (local !== undefined) {
      const { installed, pluginsFile: file, restart: again } = local;
      const what = "the local host reads its plugins anew";
      return { ...base, place: directoryPlace(installed), pluginsFile: file, restart: { what, run: again } };
    }
  }
  return {
    ...base,
    ...(pods === undefined ? {} : { cluster: pods.cluster }),
    ...(place === undefined ? {} : { place }),
    ...(pluginsFile === undefined ? {} : { pluginsFile }),
    ...(restart === undefined ? {} : { restart }),
  };
}

/** Only an address of this machine: then it may be the local host. */
export function saysNothing({ url, directory, kubernetes, own }: HostConfig): boolean {
  return (
    url !== undefined && isLoopback(url) && directory === undefined && kubernetes === undefined && own === undefined
  );
}

export function noService({ config }: Site, step: string): HostError {
  return new HostError({
    kind: "unsupported",
    step,
    message: `the host "${config.name}" has no url, so what it runs can't be read`,
    next: "add the address of its Metaflow UI to the host's settings",
  });
}
