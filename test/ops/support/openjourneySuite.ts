// What suites of OpenJourney have in common: a project with one plugin, an empty cluster for the real kubectl, a stand-in for docker, and
// a host of these. kubectl's answer can be lost on the way.
import path from "node:path";
import type { Suite } from "mocha";
import {
  connect,
  type Delivered,
  deploy,
  type HostConfig,
  type Ledger,
  openLedger,
  type PluginHost,
} from "../../../client/ops/index.js";
import type { Run } from "../../../client/ops/transports/process.js";
import { type Cluster, skipWithoutKubectl, startCluster } from "./cluster/index.js";
import { type FakeDocker, fakeDocker } from "./fakeDocker.js";
import { type Files, removeTemporary, temporary, write } from "./places.js";

export const deployment = (name: string, image: string) =>
  [
    "apiVersion: apps/v1",
    "kind: Deployment",
    `metadata: { name: ${name} }`,
    "spec:",
    "  replicas: 2",
    `  selector: { matchLabels: { app: ${name} } }`,
    "  template:",
    `    metadata: { labels: { app: ${name} } }`,
    `    spec: { containers: [{ name: web, image: "${image}" }] }`,
    "",
  ].join("\n");

export const project = (dockerfile = "FROM scratch\n"): Files => ({
  "plugins/hello/Dockerfile": dockerfile,
  "plugins/hello/kubernetes/kustomization.yaml": "resources:\n- hello-deployment.yaml\n- hello-service.yaml\n",
  "plugins/hello/kubernetes/hello-deployment.yaml": deployment("hello-deployment", "localhost:32000/hello"),
  "plugins/hello/kubernetes/hello-service.yaml":
    "apiVersion: v1\nkind: Service\nmetadata: { name: hello-service }\nspec: { selector: { app: hello-deployment }, ports: [{ port: 80 }] }\n",
});

/** The answer of the next kubectl of this kind is lost to a program of `sh`, with its work done or not. */
export interface Loss {
  readonly of: string;
  readonly program: string;
  readonly when: "before" | "after";
}

export interface Openjourney {
  readonly cluster: Cluster;
  readonly docker: FakeDocker;
  /** The project's folder. */
  readonly root: string;
  readonly ledger: Ledger;
  readonly row: (own?: HostConfig["own"]) => HostConfig;
  readonly host: (own?: HostConfig["own"]) => PluginHost;
  readonly tools: () => { readonly run: Run };
  /** Deploys `plugins/hello`. */
  readonly ship: (own?: HostConfig["own"]) => Promise<Delivered>;
  /** What a deployment of the cluster runs. */
  readonly imageIn: (name?: string) => string | undefined;
  readonly lose: (loss: Loss) => void;
}

/** To be called in `describe`. */
export function openjourneySuite(suite: Suite): Openjourney {
  suite.timeout(60_000);
  let made: { readonly cluster: Cluster; readonly docker: FakeDocker; readonly root: string; readonly ledger: Ledger };
  let loss: Loss | undefined;
  before(function () {
    return skipWithoutKubectl(this);
  });
  beforeEach(async () => {
    loss = undefined;
    made = {
      cluster: await startCluster({ workloads: [] }),
      docker: await fakeDocker(),
      root: await write(await temporary(), project()),
      ledger: openLedger(await temporary()),
    };
  });
  afterEach(async () => {
    await made?.cluster.stop();
    await removeTemporary();
  });
  /** kubectl in the test's cluster, docker by the stand-in. */
  const run: Run = async (request) => {
    const { cluster, docker } = made;
    const lost = loss;
    if (lost === undefined || !request.args.includes(lost.of))
      return cluster.swift(request.command === "docker" ? { ...request, command: docker.program } : request);
    loss = undefined;
    if (lost.when === "after") await cluster.run(request);
    return cluster.run({ ...request, command: "/bin/sh", args: ["-c", lost.program] });
  };
  const row = (own: HostConfig["own"] = {}): HostConfig => ({
    name: "oj",
    system: "openjourney",
    level: "shared",
    kubernetes: { context: "test", namespace: "default" },
    own,
  });
  const host = (own?: HostConfig["own"]) => connect(row(own), { run, executables: { docker: made.docker.program } });
  return {
    get cluster() {
      return made.cluster;
    },
    get docker() {
      return made.docker;
    },
    get root() {
      return made.root;
    },
    get ledger() {
      return made.ledger;
    },
    row,
    host,
    tools: () => ({ run }),
    ship: async (own) =>
      deploy({
        host: host(own),
        plugin: path.join(made.root, "plugins/hello"),
        archives: await temporary(),
        signal: new AbortController().signal,
        ledger: made.ledger,
        tools: { run },
      }),
    imageIn: (name = "hello-deployment") =>
      /"image":"([^"]+)"/.exec(JSON.stringify(made.cluster.objects.get("Deployment", "default", name)))?.[1],
    lose: (one) => {
      loss = one;
    },
  };
}
