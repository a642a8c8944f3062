// Buntime in the pods of the test cluster: each pod has a management API of its own over its own volume, found inside the pod by a
// stand-in for `bun` that runs the program it is given in Node. The real kubectl is between them and the adapter.
import { chmod, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { askScript } from "../../../client/ops/hosts/buntime/pods/program.js";
import {
  connect,
  type HostConfig,
  type LocalHost,
  type PluginHost,
  startLocalHost,
} from "../../../client/ops/index.js";
import { type Cluster, type ClusterOptions, type InProcess, startCluster } from "./cluster/index.js";
import { temporary } from "./places.js";

export interface BuntimePods {
  readonly cluster: Cluster;
  readonly host: PluginHost;
  readonly config: HostConfig;
  /** What the management API of a pod logs. */
  readonly said: ReadonlyMap<string, readonly string[]>;
  stop(): Promise<void>;
}

export interface BuntimePodsOptions extends ClusterOptions {
  /** The key that the pods' API wants, and that each pod has in its surroundings. */
  readonly key?: string;
  /** The key that the user has given. */
  readonly token?: string;
}

export async function buntimePods({ key, token, ...options }: BuntimePodsOptions = {}): Promise<BuntimePods> {
  const inProcess = programHere(key);
  const cluster = await startCluster({ ...options, also: { bun: await standInForBun(key) }, inProcess });
  const hosts: LocalHost[] = [];
  const said = new Map<string, string[]>();
  for (const pod of cluster.pods()) {
    const lines: string[] = [];
    said.set(pod.name, lines);
    const directory = await temporary();
    // The API and the pod see one directory of plugins, as in the real thing.
    await mkdir(pod.at("/data/plugins"), { recursive: true });
    await mkdir(path.join(directory, "buntime"), { recursive: true });
    await symlink(pod.at("/data/plugins"), path.join(directory, "buntime/plugins"));
    const log = (line: string) => {
      lines.push(line);
      cluster.say(pod.name, `12:00:00.000 ${line}`);
    };
    const host = await startLocalHost({ directory, log, ...(key === undefined ? {} : { apiKey: key }) });
    hosts.push(host);
    await writeFile(pod.at("/port"), String(host.port));
    await writeFile(pod.at("/plugins-here"), path.join(directory, "buntime/plugins"));
  }
  const kubernetes = { context: "test", namespace: "default" };
  const config: HostConfig = { name: "pods", system: "buntime", level: "shared", kubernetes };
  const io = { run: cluster.swift, ...(token === undefined ? {} : { token: async () => token }) };
  return {
    cluster,
    config,
    host: connect(config, io),
    said,
    stop: async () => {
      await Promise.all(hosts.map((host) => host.stop()));
      await cluster.stop();
    },
  };
}

/** The same program without a process of its own, which takes most of the time. */
function programHere(key: string | undefined): InProcess {
  return (pod, [, , script, , program = ""]) => {
    if (script !== askScript) return undefined;
    return async (input) => {
      const [port, here] = [await readFile(pod.at("/port"), "utf8"), await readFile(pod.at("/plugins-here"), "utf8")];
      const inPod: typeof fetch = async (...args) => {
        const answer = await fetch(...args);
        const { status, headers } = answer;
        return new Response((await answer.text()).replaceAll(here, "/data/plugins"), { status, headers });
      };
      let out = "";
      const surroundings = {
        Bun: { stdin: { text: async () => input } },
        process: { env: { PORT: port, ...(key === undefined ? {} : { RUNTIME_ROOT_KEY: key }) } },
        fetch: inPod,
        console: { log: (line: string) => (out += `${line}\n`) },
      };
      await new AsyncFunction(...Object.keys(surroundings), program)(...Object.values(surroundings));
      return out;
    };
  };
}

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;

/** `bun -e PROGRAM`, with the little of Bun that ours uses; the pod's own port and key are in its surroundings. */
async function standInForBun(key: string | undefined): Promise<string> {
  const file = path.join(await temporary(), "bun");
  await rm(file, { force: true });
  const text = `#!${process.execPath}
const { readFileSync } = require("node:fs");
const [, , flag, program] = process.argv;
if (flag !== "-e") process.exit(9);
process.env.PORT = readFileSync(process.env.HOME + "/port", "utf8");
${key === undefined ? "" : `process.env.RUNTIME_ROOT_KEY = ${JSON.stringify(key)};`}
const here = readFileSync(process.env.HOME + "/plugins-here", "utf8");
const really = fetch;
// Inside, the directory has the pod's own path.
globalThis.fetch = async (...args) => {
  const answer = await really(...args);
  const { status, headers } = answer;
  return new Response((await answer.text()).replaceAll(here, "/data/plugins"), { status, headers });
};
globalThis.Bun = { stdin: { text: async () => {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
} } };
import("data:text/javascript," + encodeURIComponent(program));
`;
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}
