// A service in a cluster: its pods, the folder of plugins in each of them, and a restart by rollout. A PLUGINS value that stands in
// a Kubernetes manifest is applied first, since pods keep the value that they were made with.
import { readFile } from "node:fs/promises";
import {
  type ClusterHost,
  mustHaveAll,
  onePerVolume,
  openCluster,
  outcomeOf,
  type Pod,
} from "../../transports/kubernetes/index.js";
import { type Kubectl, kubectlAt } from "../../transports/kubernetes/kubectl.js";
import type { Run } from "../../transports/process.js";
import type { HostConfig, KubernetesTarget } from "../host.js";
import { HostError } from "../hostError.js";
import { clusterChanges } from "./clusterDiff.js";
import type { Folder, Place } from "./places.js";
import type { Restart } from "./restart.js";

export interface ClusterSite {
  readonly cluster: ClusterHost;
  /** Undefined where the row names no folder of the container. */
  readonly place?: Place;
  readonly restart: Restart;
}

const rolloutSeconds = 300;

export function clusterSite(config: HostConfig, run: Run, pluginsFile: string | undefined): ClusterSite | undefined {
  const { kubernetes } = config;
  if (kubernetes === undefined) return undefined;
  const { selector, directory } = kubernetes;
  if (selector === undefined) throw noSelector(config);
  const cluster = openCluster(run, { ...kubernetes, selector, directory: directory ?? "/" });
  return {
    cluster,
    ...(directory === undefined ? {} : { place: podsPlace(cluster, directory) }),
    restart: rollout(cluster, kubernetes, run, pluginsFile),
  };
}

function podsPlace(cluster: ClusterHost, directory: string): Place {
  const oneOf = async (step: string, signal: AbortSignal): Promise<Pod> => {
    const pods = await cluster.pods(step, signal);
    const pod = pods.find(({ running }) => running);
    if (pod !== undefined) return pod;
    const message = `no pod of the host runs${pods[0]?.trouble === undefined ? "" : ` (${pods[0].trouble})`}`;
    throw new HostError({ kind: "unreachable", step, message, next: "find out why with kubectl describe" });
  };
  return {
    where: `${directory} of the pods`,
    folders: async (signal) => {
      const pods = onePerVolume(await cluster.pods("list", signal)).filter(({ running }) => running);
      const lists = await Promise.all(pods.map((pod) => cluster.folders(pod, signal)));
      const names = [...new Set(lists.flat())].sort();
      return names.map((identifier): Folder => ({ identifier, at: `${directory}/${identifier}` }));
    },
    read: async (identifier, file, signal) =>
      cluster.read(await oneOf("list", signal), `${directory}/${identifier}/${file}`, signal),
    contents: async (identifier, signal) => {
      const pods = onePerVolume(await cluster.pods("list", signal)).filter(({ running }) => running);
      const found = await Promise.all(pods.map((pod) => cluster.contents(pod, identifier, signal)));
      const [first] = found;
      // Replicas that differ are none that anybody sent.
      return found.every((one) => one === first) ? first : "different on each replica";
    },
    install: async (identifier, files, signal) => {
      const results = await cluster.copy(identifier, files, { signal });
      mustHaveAll("upload", results);
      return results.map(outcomeOf);
    },
    remove: async (identifier, signal) => {
      const results = await cluster.remove(identifier, { signal });
      mustHaveAll("removal", results);
      return results.map(outcomeOf);
    },
    troubles: async (signal) => (await cluster.pods("check", signal)).flatMap(troubleOf),
  };
}

/** What makes a copy into this pod useless: the service reads it at its next start alone, which is another pod's. */
function troubleOf({ name, volume }: Pod): readonly string[] {
  if (volume.readOnly) return [`pod ${name} has its plugins on ${volume.title}, which is mounted read-only`];
  if (volume.lasts !== false) return [];
  return [
    `pod ${name} has its plugins in ${volume.title}: they are lost with the pod, and the service reads them only when a new pod starts; mount a volume that lasts, or register the plugin by its repository`,
  ];
}

function rollout(
  cluster: ClusterHost,
  { context, namespace }: KubernetesTarget,
  run: Run,
  pluginsFile: string | undefined,
): Restart {
  const kubectl = kubectlAt(run, { ...(context && { context }), ...(namespace && { namespace }) });
  return {
    what: /\.ya?ml$/.test(pluginsFile ?? "")
      ? `kubectl apply --filename=${pluginsFile} where that is a manifest, and a rollout of what runs its pods`
      : "kubectl rollout restart of what runs its pods",
    ...(/\.ya?ml$/.test(pluginsFile ?? "")
      ? {
          foresee: async (text: string, signal: AbortSignal) =>
            isObjects(text) ? clusterChanges(kubectl, text, signal) : [],
        }
      : {}),
    run: async (signal) => {
      const workloads = await cluster.workloads(signal);
      if (workloads.length === 0) throw unowned();
      const templates = async () => Promise.all(workloads.map((workload) => templateOf(kubectl, workload, signal)));
      const before = await templates();
      if (pluginsFile !== undefined && (await isManifest(pluginsFile)))
        await kubectl({ step: "reload", args: ["apply", `--filename=${pluginsFile}`], signal, timeout: 120_000 });
      const after = await templates();
      // Where applying changed what pods are made of, the cluster has begun to make new ones.
      const same = workloads.filter((_, at) => before[at] === after[at]);
      for (const workload of same) await cluster.restart(workload, signal);
      for (const workload of workloads) await cluster.rolledOut(workload, { timeout: rolloutSeconds, signal });
    },
  };
}

async function templateOf(kubectl: Kubectl, workload: string, signal: AbortSignal): Promise<string> {
  const args = ["get", workload, "--output=jsonpath={.spec.template}"];
  return (await kubectl({ step: "reload", args, signal })).out;
}

/** Objects for a cluster, not the values of a chart. */
async function isManifest(file: string): Promise<boolean> {
  if (!/\.ya?ml$/.test(file)) return false;
  return isObjects(await readFile(file, "utf8").catch(() => ""));
}

function isObjects(text: string): boolean {
  return /^apiVersion:/m.test(text) && /^kind:/m.test(text);
}

function unowned(): HostError {
  return new HostError({
    kind: "unsupported",
    step: "reload",
    message: "the pods belong to no Deployment, StatefulSet or DaemonSet that would start them again",
    next: "restart them as they were started",
  });
}

function noSelector({ name }: HostConfig): HostError {
  return new HostError({
    kind: "unsupported",
    step: "connection",
    message: `the host "${name}" doesn't say which pods run its service`,
    next: 'add "selector" under its "kubernetes", such as "app.kubernetes.io/name=metaflow-ui"',
  });
}
