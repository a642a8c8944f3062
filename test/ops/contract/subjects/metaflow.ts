// Metaflow UI by the folder and the .env file of its service, which a program restarts; and by the folder and the log of its pods.
import { readdir, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { type HostConfig, packageFor } from "../../../../client/ops/index.js";
import { badge, badgeFolder } from "../../support/badge.js";
import { lackingKubectl, startCluster } from "../../support/cluster/index.js";
import { swiftKubectl } from "../../support/cluster/swiftKubectl.js";
import { workload } from "../../support/cluster/workload.js";
import { metaflowService } from "../../support/metaflowService.js";
import { removeTemporary, temporary, write } from "../../support/places.js";
import { heldIn, type Subject } from "../subject.js";

const { "src/plugin.ts": _former, ...former } = badge("1.0.0");
const { "src/plugin.ts": _next, ...next } = badge("2.0.0");

export const metaflowFolder: Subject = {
  title: "Metaflow UI by its folder",
  does: ["request", "program"],
  open: async () => {
    const folder = await temporary();
    const place = path.join(folder, "installed", "flow-badge");
    const put = async () => {
      await rm(path.dirname(place), { recursive: true, force: true });
      await write(place, former);
      await write(folder, { "ui.env": 'PLUGINS={"flow-badge": {}}\n' });
    };
    await put();
    const service = await metaflowService(folder);
    const config: HostConfig = {
      name: "ui",
      system: "metaflow",
      level: "shared",
      url: service.url,
      directory: path.join(folder, "installed"),
      own: { pluginsFile: path.join(folder, "ui.env"), restart: service.restart },
    };
    return {
      config,
      timeouts: { reload: 1000 },
      isExchanged: true,
      plugin: "Flow badge",
      next: await packed(),
      held: () => heldIn(place, former, next),
      reset: async () => {
        await put();
        await fetch(`${service.url}/restart`);
      },
      stop: async () => {
        await service.stop();
        await removeTemporary();
      },
    };
  },
};

export const metaflowInPods: Subject = {
  title: "Metaflow UI in a cluster",
  does: ["program"],
  lacking: lackingKubectl,
  open: async () => {
    const directory = "/svc/installed";
    const env = { PLUGINS: '{"flow-badge": {}}' };
    const ui = { kind: "Deployment", name: "ui", replicas: 1, claims: { [directory]: "plugins" }, env } as const;
    const cluster = await startCluster({ workloads: [ui] });
    const silent = cluster.objects.watch(undefined, (change, { kind, metadata }) => {
      if (change === "ADDED" && kind === "Pod") cluster.say(metadata.name, "Plugins ready: ['flow-badge']");
    });
    const [pod] = cluster.pods();
    if (pod !== undefined) cluster.say(pod.name, "Plugins ready: ['flow-badge']");
    const { kind, apiVersion, ...rest } = workload(ui);
    const lines = Object.entries(rest).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
    const manifest = `apiVersion: ${apiVersion}\nkind: ${kind}\n${lines.join("")}`;
    const folder = await temporary();
    const config: HostConfig = {
      name: "ui",
      system: "metaflow",
      level: "shared",
      kubernetes: { context: "test", namespace: "default", selector: "app=ui", directory },
      own: { pluginsFile: path.join(folder, "ui.yaml") },
    };
    // One claim, whichever pod.
    const place = path.join(await realpath(cluster.pods()[0]?.at(directory) ?? ""), "flow-badge");
    return {
      env: cluster.env,
      swift: swiftKubectl(cluster),
      config,
      timeouts: { reload: 3000 },
      isExchanged: true,
      plugin: "Flow badge",
      next: await packed(),
      held: () => heldIn(place, former, next),
      leftovers: async () => (await readdir(path.dirname(place))).filter((name) => name.startsWith(".")),
      reset: async () => {
        await rm(path.dirname(place), { recursive: true, force: true });
        await write(place, former);
        await write(folder, { "ui.yaml": manifest });
      },
      stop: async () => {
        silent();
        await cluster.stop();
        await removeTemporary();
      },
    };
  },
};

async function packed() {
  const signal = new AbortController().signal;
  const archives = await temporary();
  return (await packageFor({ system: "metaflow", plugin: await badgeFolder(next), archives, signal })).shipment;
}
