// A SkyPilot release in a cluster: which pods, which ConfigMap, where that is mounted, and how the Python in a pod is asked.

import { type ClusterHost, openCluster, type Pod } from "../../../transports/kubernetes/index.js";
import { type Kubectl, kubectlAt, placeWords } from "../../../transports/kubernetes/kubectl.js";
import { runOf } from "../../../transports/process.js";
import type { HostConfig, HostIo, KubernetesTarget } from "../../host.js";
import { HostError } from "../../hostError.js";
import { ownText } from "../../hostFields.js";
import { type Answer, probe, type Question } from "../python/probe.js";

export interface ClusterServer {
  readonly config: HostConfig;
  readonly io: HostIo;
  readonly cluster: ClusterHost;
  readonly kubectl: Kubectl;
  /** Name of the ConfigMap. */
  readonly configMap: string;
  /** Where it is mounted in the server's container. */
  readonly directory: string;
  /** In words: the namespace and context. */
  readonly where: string;
  ask(step: string, question: Question, signal: AbortSignal): Promise<Answer>;
}

/** As the chart names and labels things for a release "skypilot". */
const defaults = { selector: "app=skypilot-api", container: "skypilot-api", directory: "/etc/skypilot" } as const;

export function clusterServer(config: HostConfig, target: KubernetesTarget, io: HostIo): ClusterServer {
  const run = runOf(io);
  const place = {
    ...(target.context === undefined ? {} : { context: target.context }),
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
  };
  const wanted = { ...defaults, ...target };
  const directory = wanted.directory.replace(/\/+$/, "");
  const cluster = openCluster(run, { ...place, selector: wanted.selector, container: wanted.container, directory });
  const kubectl = kubectlAt(run, place);
  const release = /(?:^|,)app=([\w.-]+)-api(?:,|$)/.exec(wanted.selector)?.[1] ?? "skypilot";
  return {
    config,
    io,
    cluster,
    kubectl,
    configMap: ownText(config, "configMap") ?? `${release}-plugins`,
    directory,
    where: placeWords(place),
    ask: async (step, question, signal) => {
      const pod = await answering(cluster, step, signal);
      const python = ownText(config, "python") ?? "python3";
      const runPython = async (script: string, args: readonly string[], stop: AbortSignal) => {
        const exec = ["exec", "--stdin", `--container=${pod.container}`, pod.name, "--", python, ...args];
        const call = { step, args: exec, input: Buffer.from(script), signal: stop, timeout: 120_000 };
        return (await kubectl(call)).out;
      };
      return probe(runPython, question, signal);
    },
  };
}

async function answering(cluster: ClusterHost, step: string, signal: AbortSignal): Promise<Pod> {
  const pods = await cluster.pods(step, signal);
  const pod = pods.find((one) => one.ready) ?? pods.find((one) => one.running);
  if (pod !== undefined) return pod;
  const states = pods.map(({ name, trouble }) => `${name}: ${trouble ?? "it has not started"}`).join("; ");
  throw new HostError({
    kind: "unreachable",
    step,
    message: `no pod of the API server runs (${states})`,
    next: "look at the pod's log; a plugin that breaks the start leaves no server running",
  });
}
