// A Buntime in a cluster as its acts need it: the pods that run, a conversation with the management API of each, and the folder of a
// plugin in their directory.
import { type ClusterHost, openCluster, type Pod } from "../../../transports/kubernetes/index.js";
import { runOf } from "../../../transports/process.js";
import type { HostConfig, HostIo, KubernetesTarget } from "../../host.js";
import { HostError } from "../../hostError.js";
import { runs } from "../../states.js";
import { type Connection, open } from "../connection.js";
import { type HostFiles, heldFiles } from "../files.js";
import type { Inventory } from "../list.js";
import { podFetch } from "./podFetch.js";

/** As the chart labels its pods; the database's pods have the same label and one more. */
const usual = {
  selector: "app=buntime,!app.kubernetes.io/component",
  container: "buntime",
  directory: "/data/plugins",
};

export interface PodsHost {
  readonly config: HostConfig;
  readonly io: HostIo;
  readonly cluster: ClusterHost;
  readonly directory: string;
  running(step: string, signal: AbortSignal): Promise<readonly Pod[]>;
  session(pod: Pod, step: string, signal: AbortSignal): Promise<Connection>;
}

export function podsOf(config: HostConfig, kubernetes: KubernetesTarget, io: HostIo): PodsHost {
  const target = { ...usual, ...kubernetes };
  const cluster = openCluster(runOf(io), target);
  return {
    config,
    io,
    cluster,
    directory: target.directory,
    running: async (step, signal) => {
      const pods = (await cluster.pods(step, signal)).filter(({ running }) => running);
      if (pods.length === 0) throw nothingRuns(config, step);
      return pods;
    },
    session: (pod, step, signal) => {
      // Inside the pod neither the host's certificate nor its proxy's headers mean anything.
      const { name, system, level } = config;
      const inside = { name, system, level, url: "http://127.0.0.1:8000" };
      return open(inside, { ...io, fetch: podFetch(cluster, pod, step) }, step, signal);
    },
  };
}

/** The files of a plugin in the directory of one pod; undefined for those that lie elsewhere, in the image for one. */
export function filesIn(host: PodsHost, pod: Pod, now: Inventory, plugin: string): HostFiles | undefined {
  const folder = folderOf(host.directory, now, plugin);
  return folder === undefined ? undefined : heldFiles((signal) => host.cluster.files(pod, folder, signal));
}

/** `@acme/hello` for `/data/plugins/@acme/hello`. */
export function folderOf(directory: string, { plugins }: Inventory, plugin: string): string | undefined {
  const found = plugins.find(({ name }) => name === plugin);
  if (found === undefined || (found.removeKey === undefined && !runs(found.state))) return undefined;
  const root = `${directory.replace(/\/+$/, "")}/`;
  if (found.path === undefined) return found.removeKey;
  return found.path.startsWith(root) ? found.path.slice(root.length) : undefined;
}

export function nothingRuns(config: HostConfig, step: string): HostError {
  return new HostError({
    kind: "unreachable",
    step,
    message: `no pod of "${config.name}" runs`,
    next: "look at the pods with kubectl, then try again",
  });
}
