// A host in a Kubernetes cluster, through the user's own kubectl: its replicas, the plugins' directory in each of them, their logs
// and restarts. It knows no plugin system; adapters give it selector, container and directory.

import { Readable } from "node:stream";
import { HostError } from "../../hosts/hostError.js";
import { checkedFiles, oddFolder, type PluginFile } from "../files.js";
import type { ProcessResult, Run } from "../process.js";
import { copyToEach } from "./copy.js";
import { type Doctor, doctorAt } from "./doctor.js";
import { inPod } from "./inPod.js";
import { type ClusterPlace, kubectlAt } from "./kubectl.js";
import { type LogLine, type LogOptions, logsOf } from "./logs.js";
import { contentsOf, filesIn, foldersOf, readFile } from "./look.js";
import { findPods, type Pod, type PodQuery } from "./pods.js";
import { removeFromEach } from "./remove.js";
import type { ReplicaResult, Replicas } from "./replicas.js";
import { type RolloutOptions, restart, rolledOut, type Workload, workloadsOf } from "./rollout.js";

export type { ClusterPlace } from "./kubectl.js";
export { type Kustomize, type Kustomized, kustomizeAt } from "./kustomize.js";
export type { LogLine, LogOptions } from "./logs.js";
export { onePerVolume, type Pod } from "./pods.js";
export { mustHaveAll, outcomeOf, type ReplicaResult } from "./replicas.js";

/**
 * What a host's `kubernetes` settings and its system's defaults make together. Buntime's, for one:
 * `{ selector: "app=buntime,!app.kubernetes.io/component", container: "buntime", directory: "/data/plugins" }`.
 */
export interface ClusterTarget extends PodQuery {
  /** Pods that are worked on at once; 4 unless told. */
  readonly limit?: number;
  /** Credentials to keep out of every message and log line. */
  readonly secrets?: readonly string[];
}

export interface ChangeOptions {
  readonly signal: AbortSignal;
  /** Milliseconds for each pod; ten minutes for the files of a copy, half a minute for a removal, unless told. */
  readonly timeout?: number;
  readonly onReplica?: (result: ReplicaResult) => void;
}

/** No word of it may be secret: arguments can be seen. What is, belongs into the input. */
export interface PodQuestion {
  readonly step: string;
  /** Fixed text for `sh`; what differs is given as `args`. */
  readonly script: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Exit codes beside 0 that are answers. */
  readonly answers?: readonly number[];
}

/** Everything throws `HostError` alone. */
export interface ClusterHost {
  /** Pods that are not on their way out, running or not. */
  pods(step: string, signal: AbortSignal): Promise<readonly Pod[]>;
  /** One result for each pod; `mustHaveAll` makes an error of the failed ones. */
  copy(plugin: string, files: readonly PluginFile[], options: ChangeOptions): Promise<readonly ReplicaResult[]>;
  remove(plugin: string, options: ChangeOptions): Promise<readonly ReplicaResult[]>;
  /** Folders in the directory of one pod, as `x` and `@scope/x`. */
  folders(pod: Pod, signal: AbortSignal): Promise<readonly string[]>;
  /** A file of the container by its absolute path; undefined when there is none. */
  read(pod: Pod, file: string, signal: AbortSignal): Promise<string | undefined>;
  /** The digest of a plugin's files there, made as `Shipment.contents` is; undefined when there is no such folder. */
  contents(pod: Pod, plugin: string, signal: AbortSignal): Promise<string | undefined>;
  /** All files of a plugin there; undefined when there is no such folder. */
  files(
    pod: Pod,
    plugin: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly path: string; readonly bytes: Buffer }[] | undefined>;
  /** What a program of the container says to its input. */
  ask(pod: Pod, question: PodQuestion): Promise<ProcessResult>;
  logs(options: LogOptions): AsyncGenerator<LogLine, void>;
  /** What runs the pods: `statefulset/buntime`. */
  workloads(signal: AbortSignal): Promise<readonly Workload[]>;
  restart(workload: Workload, signal: AbortSignal): Promise<void>;
  /** Resolves when every replica is new and ready. */
  rolledOut(workload: Workload, options: Omit<RolloutOptions, "pods">): Promise<void>;
  readonly doctor: Doctor;
}

export function openCluster(run: Run, target: ClusterTarget): ClusterHost {
  const { directory, secrets = [], limit = 4 } = target;
  const place: ClusterPlace = {
    ...(target.context === undefined ? {} : { context: target.context }),
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
  };
  const masking: Run = (request) => run({ ...request, secrets: [...secrets, ...(request.secrets ?? [])] });
  const kubectl = kubectlAt(masking, place);
  const replicas: Replicas = { limit, find: (step, signal) => findPods(kubectl, target, step, signal) };
  const folder = (step: string, plugin: string) => {
    const odd = oddFolder(plugin);
    if (odd === undefined) return plugin;
    const message = `"${plugin}" ${odd}; nothing was changed`;
    throw new HostError({ kind: "refused", step, message, next: "name the plugin by its folder" });
  };
  return {
    pods: replicas.find,
    copy: async (plugin, files, options) =>
      copyToEach({
        kubectl,
        replicas,
        directory,
        plugin: folder("upload", plugin),
        files: checkedFiles(files),
        ...options,
      }),
    remove: async (plugin, options) =>
      removeFromEach({ kubectl, replicas, directory, plugin: folder("remove", plugin), ...options }),
    folders: (pod, signal) => foldersOf(kubectl, pod, directory, signal),
    read: (pod, file, signal) => readFile(kubectl, pod, file, signal),
    contents: async (pod, plugin, signal) => contentsOf(kubectl, pod, `${directory}/${folder("list", plugin)}`, signal),
    files: async (pod, plugin, signal) => filesIn(kubectl, pod, `${directory}/${folder("list", plugin)}`, signal),
    ask: (pod, { input, ...question }) =>
      inPod(kubectl, { ...question, pod, directory, input: Readable.from([input]) }),
    logs: (options) => logsOf({ run: masking, place, replicas }, options),
    workloads: async (signal) => workloadsOf(kubectl, await replicas.find("reload", signal), signal),
    restart: (workload, signal) => restart(kubectl, workload, signal),
    rolledOut: (workload, options) =>
      rolledOut(kubectl, workload, { ...options, pods: (signal) => replicas.find("reload", signal) }),
    doctor: doctorAt(kubectl),
  };
}
