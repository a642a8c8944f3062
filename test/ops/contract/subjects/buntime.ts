// Buntime by its management API, by its plugins' directory with the API beside it, and by the pods of a cluster.
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type HostConfig, packageFor, type Shipment, startLocalHost } from "../../../../client/ops/index.js";
import { buntimePods } from "../../support/buntimePods.js";
import { lackingKubectl } from "../../support/cluster/index.js";
import { swiftKubectl } from "../../support/cluster/swiftKubectl.js";
import { hello, plugin, removeTemporary, temporary, write } from "../../support/places.js";
import { heldIn, planted, type Stage, type Subject } from "../subject.js";

const former = hello("1.0.0");
const next = hello("2.0.0");
const name = "@acme/hello";

export const buntimeApi: Subject = {
  title: "Buntime by its management API",
  does: ["request"],
  open: () => onThisMachine((url) => ({ name: "api", system: "buntime", level: "local", url })),
};

export const buntimeDirectory: Subject = {
  title: "Buntime by its directory",
  does: ["request"],
  open: () =>
    onThisMachine((url, directory) => ({ name: "volume", system: "buntime", level: "local", url, directory })),
};

export const buntimeInPods: Subject = {
  title: "Buntime in pods",
  does: ["program"],
  lacking: lackingKubectl,
  open: async () => {
    const { cluster, config, stop } = await buntimePods({ key: planted, token: planted, workloads: [{ replicas: 1 }] });
    const places = () => cluster.pods().map((pod) => pod.at("/data/plugins"));
    return {
      env: cluster.env,
      swift: swiftKubectl(cluster),
      config,
      plugin: name,
      next: await shipped(),
      held: () => heldIn(path.join(places()[0] ?? "", name), former, next),
      reset: async () => {
        for (const place of places()) await put(place);
      },
      stop: async () => {
        await stop();
        await removeTemporary();
      },
    };
  },
};

async function onThisMachine(row: (url: string, directory: string) => HostConfig): Promise<Stage> {
  const local = await startLocalHost({ directory: await temporary(), apiKey: planted });
  const directory = path.join(local.directory, "buntime/plugins");
  const config = row(local.url, directory);
  return {
    config,
    isExchanged: true,
    plugin: name,
    next: await shipped(),
    held: () => heldIn(path.join(directory, name), former, next),
    leftovers: async () => (await readdir(directory)).filter((one) => one.startsWith(".")),
    reset: async () => {
      await rm(directory, { recursive: true, force: true });
      await put(directory);
    },
    stop: async () => {
      await local.stop();
      await removeTemporary();
    },
  };
}

async function shipped(): Promise<Shipment> {
  const signal = new AbortController().signal;
  const folder = await plugin(next);
  return (await packageFor({ system: "buntime", plugin: folder, archives: await temporary(), signal })).shipment;
}

async function put(directory: string): Promise<void> {
  await rm(path.join(directory, name), { recursive: true, force: true });
  await write(path.join(directory, name), former);
}
