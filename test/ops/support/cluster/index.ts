// A Kubernetes cluster of few words on loopback, for the real kubectl: an API server that keeps objects in memory and pods as
// folders on this disk, in which commands really run. Tests look into the folders, let pods talk, and make things fail.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRun, type Run } from "../../../../client/ops/transports/process.js";
import { until } from "../waiting.js";
import { createExec, startIn } from "./exec.js";
import { createFaults, type Fault } from "./faults.js";
import { createObjects, type KubeObject, type Objects } from "./objects.js";
import { createPods, type PodPlace } from "./pods.js";
import { createApiServer } from "./server.js";
import { swiftKubectl } from "./swiftKubectl.js";
import { type WorkloadOptions, workload } from "./workload.js";
import { runWorkloads } from "./workloads.js";

export { lackingKubectl, skipWithoutKubectl } from "./skipWithoutKubectl.js";
export type { WorkloadOptions } from "./workload.js";

export interface ClusterOptions {
  /** Without them, one StatefulSet `buntime` of two pods, each with a volume of its own at `/data/plugins`. */
  readonly workloads?: readonly WorkloadOptions[];
  /** Tools that the containers lack: `tar`, `sh`. */
  readonly without?: readonly string[];
  /** Further tools of the containers, by name: a program of this machine. */
  readonly also?: Readonly<Record<string, string>>;
  /** The program that is all tools of the containers at once, as in Alpine's images: busybox. Else they are this machine's own. */
  readonly busybox?: string;
  /** Commands of containers that this process answers itself when nobody wants kubectl to be asked: from input to output. */
  readonly inProcess?: InProcess;
  /** Pods with such an image never get ready: their image can't be pulled. */
  readonly badImages?: readonly string[];
}

export type InProcess = (pod: PodPlace, words: readonly string[]) => ((input: string) => Promise<string>) | undefined;

export interface Cluster {
  /** The path of a kubeconfig whose one context is `test`. */
  readonly kubeconfig: string;
  readonly url: string;
  /** Runs programs with this cluster for kubectl's. */
  readonly run: Run;
  /** The same, but kubectl is started only where that proves something; see swiftKubectl.ts. */
  readonly swift: Run;
  readonly env: Readonly<Record<string, string>>;
  readonly objects: Objects;
  /** `GET /api/v1/…` and `exec POD COMMAND`, in order. */
  readonly seen: readonly string[];
  pods(): readonly PodPlace[];
  pod(name: string): PodPlace;
  /** How a command is started in a pod by somebody who is there already; undefined where its container lacks the program. */
  startIn(pod: PodPlace, words: readonly string[]): ReturnType<typeof startIn> | undefined;
  readonly inProcess?: InProcess;
  /** A line in the pod's log. */
  say(pod: string, line: string): void;
  setReady(pod: string, ready: boolean): void;
  /** Takes a pod away and starts another one in its place: other uid, an empty root, the same volumes; the same name or `as`. */
  replace(pod: string, as?: string): void;
  /** What the next requests that match `on` meet; see faults.ts. */
  fault(on: RegExp, fault: Fault, times?: number): void;
  /** Whether one of these still waits for requests of such methods. */
  awaitsFault(methods: readonly string[]): boolean;
  put(object: KubeObject): KubeObject;
  stop(): Promise<void>;
}

const toolNames = [
  "sh",
  "tar",
  "mv",
  "rm",
  "mkdir",
  "ls",
  "cat",
  "chmod",
  "rmdir",
  "test",
  "find",
  "head",
  "sha256sum",
];

export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const folder = mkdtempSync(path.join(tmpdir(), "plugsmith-cluster-"));
  const without = options.without ?? [];
  const tools = linkTools(folder, [...without, ...Object.keys(options.also ?? {})], options.busybox);
  const also = options.also ?? {};
  for (const [name, program] of Object.entries(also)) symlinkSync(program, path.join(tools, name));
  const objects = createObjects();
  const pods = createPods(folder, objects, options.badImages ?? []);
  const controllers = runWorkloads(objects, pods);
  const faults = createFaults();
  const exec = createExec();
  const seen: string[] = [];
  const has = (tool: string) => (toolNames.includes(tool) && !without.includes(tool)) || tool in also;
  const server = createApiServer({ refused: new Map(), objects, pods, faults, exec, seen, tools, has });
  // Among them those that were upgraded, which the server itself forgets.
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const kubeconfig = path.join(folder, "kubeconfig");
  writeFileSync(kubeconfig, JSON.stringify(configFor(url)));
  const env = { KUBECONFIG: kubeconfig, KUBECACHEDIR: path.join(folder, "cache") };
  const run = createRun();

  for (const one of options.workloads ?? [{}]) objects.put(workload(one));
  const wanted = (options.workloads ?? [{}]).reduce((sum, { replicas = 2 }) => sum + replicas, 0);
  await until(() => pods.all().length === wanted);
  const named = (name: string) => {
    const pod = pods.named(name);
    if (pod === undefined)
      throw new Error(
        `there is no pod ${name}, but ${pods
          .all()
          .map((one) => one.name)
          .join(", ")}`,
      );
    return pod;
  };
  const seenIn = (pod: PodPlace, words: readonly string[]) => seen.push(`exec ${pod.name} ${words.join(" ")}`);
  const { inProcess } = options;
  const cluster: Cluster = {
    kubeconfig,
    url,
    env,
    objects,
    seen,
    run: (request) => run({ ...request, env: { ...env, ...request.env } }),
    swift: (request) => swiftKubectl(cluster)(cluster.run)(request),
    pods: pods.all,
    pod: named,
    startIn: (pod, words) => {
      if (!has(words[0] ?? "")) return undefined;
      seenIn(pod, words);
      return startIn({ pod, words, tools });
    },
    ...(inProcess === undefined
      ? {}
      : {
          inProcess: (pod: PodPlace, words: readonly string[]) => {
            const answer = inProcess(pod, words);
            if (answer !== undefined) seenIn(pod, words);
            return answer;
          },
        }),
    say: (name, line) => {
      const { log, followers } = named(name);
      log.push(line);
      for (const follower of followers) follower(line);
    },
    setReady: pods.setReady,
    replace: pods.replace,
    fault: faults.add,
    awaitsFault: faults.waiting,
    put: objects.put,
    stop: async () => {
      await controllers.end();
      exec.end();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return cluster;
}

function linkTools(folder: string, without: readonly string[], busybox: string | undefined): string {
  const tools = path.join(folder, "tools");
  mkdirSync(tools);
  const places = ["/bin", "/usr/bin", "/usr/local/bin"];
  for (const tool of toolNames.filter((name) => !without.includes(name))) {
    const found = busybox ?? places.map((place) => path.join(place, tool)).find((file) => existsSync(file));
    if (found !== undefined) symlinkSync(found, path.join(tools, tool));
  }
  return tools;
}

function configFor(server: string) {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server } }],
    users: [{ name: "dev", user: {} }],
    contexts: [{ name: "test", context: { cluster: "test", user: "dev", namespace: "default" } }],
    "current-context": "test",
  };
}
