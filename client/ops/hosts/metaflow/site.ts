// Everything that a host's row says about where its service, its folders and its configuration are, put together for one
// operation. For the local host of this machine it is asked, since no row has to say it.
import { openDirectory } from "../../transports/directory/index.js";
import { cloneInto } from "../../transports/git/clone.js";
import { fromHome } from "../../transports/home.js";
import type { ClusterHost } from "../../transports/kubernetes/index.js";
import { type Run, runOf } from "../../transports/process.js";
import type { HostConfig, HostIo, ReplicaOutcome } from "../host.js";
import { HostError } from "../hostError.js";
import { ownText, ownWords } from "../hostFields.js";
import { isLoopback } from "../loopback.js";
import { clusterSite } from "./cluster.js";
import { localHostAt } from "./localHost.js";
import { directoryPlace, type Place } from "./places.js";
import type { Entry } from "./pluginsFile.js";
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
  /** Fetches a plugin from its repository, for a service that does not do so itself. */
  fetch?(identifier: string, entry: Entry, signal: AbortSignal): Promise<ReplicaOutcome>;
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
      const what = "the service of the local host, by its own route";
      const fetch = fetchInto(installed, run);
      return { ...base, place: directoryPlace(installed), pluginsFile: file, restart: { what, run: again }, fetch };
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

/** The local host clones nothing; a plugin of a repository is put there as the service would have cloned it. */
function fetchInto(installed: string, run: Run): NonNullable<Site["fetch"]> {
  return async (plugin, { repository, ref }, signal) => {
    const directory = openDirectory({ directory: installed });
    const address = typeof repository === "string" ? repository : "";
    const wanted = typeof ref === "string" ? { ref } : {};
    const { at, commit } = await cloneInto({ directory, plugin, address, signal, run, step: "upload", ...wanted });
    return { replica: at, ok: true, message: `cloned at ${commit.slice(0, 12)}` };
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
