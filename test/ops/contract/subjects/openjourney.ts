// OpenJourney by image and objects: a stand-in for docker, the real kubectl, and a cluster whose objects tell what it has.
import path from "node:path";
import { connect, deploy, type HostConfig, packageFor } from "../../../../client/ops/index.js";
import { lackingKubectl, startCluster } from "../../support/cluster/index.js";
import { valueAt } from "../../support/cluster/objects.js";
import { swiftKubectl } from "../../support/cluster/swiftKubectl.js";
import { fakeDocker } from "../../support/fakeDocker.js";
import { removeTemporary, temporary, write } from "../../support/places.js";
import { runIn } from "../faultyIo.js";
import type { Subject } from "../subject.js";

const objects = ["Deployment hello-deployment", "Service hello-service"].map((one) => one.split(" "));

const project = (dockerfile: string) => ({
  "plugins/hello/Dockerfile": dockerfile,
  "plugins/hello/kubernetes/kustomization.yaml": "resources:\n- hello-deployment.yaml\n- hello-service.yaml\n",
  "plugins/hello/kubernetes/hello-deployment.yaml": [
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata: { name: hello-deployment }",
    "spec:",
    "  replicas: 1",
    "  selector: { matchLabels: { app: hello } }",
    "  template:",
    "    metadata: { labels: { app: hello } }",
    '    spec: { containers: [{ name: web, image: "localhost:32000/hello" }] }',
    "",
  ].join("\n"),
  "plugins/hello/kubernetes/hello-service.yaml":
    "apiVersion: v1\nkind: Service\nmetadata: { name: hello-service }\nspec: { selector: { app: hello }, ports: [{ port: 80 }] }\n",
});

export const openjourney: Subject = {
  title: "OpenJourney by image and objects",
  does: ["program"],
  lacking: lackingKubectl,
  open: async () => {
    const cluster = await startCluster({ workloads: [] });
    const executables = { docker: (await fakeDocker()).program };
    const stage = { env: cluster.env, executables };
    const io = { run: runIn(stage), executables };
    const config: HostConfig = {
      name: "oj",
      system: "openjourney",
      level: "shared",
      kubernetes: { context: "test", namespace: "default" },
    };
    const signal = new AbortController().signal;
    const packed = async (dockerfile: string) => {
      const plugin = path.join(await write(await temporary(), project(dockerfile)), "plugins/hello");
      return { plugin, archives: await temporary(), signal, tools: io };
    };
    const image = () => {
      const containers = valueAt(cluster.objects.get("Deployment", "default", "hello-deployment"), [
        "spec",
        "template",
        "spec",
        "containers",
      ]);
      return Array.isArray(containers) ? valueAt(containers[0], ["image"]) : undefined;
    };
    await deploy({ host: connect(config, io), ...(await packed("FROM scratch\nLABEL version=1\n")) });
    const former = image();
    const kept = objects.flatMap(([kind = "", name = ""]) => cluster.objects.get(kind, "default", name) ?? []);
    const next = await packageFor({ system: "openjourney", ...(await packed("FROM scratch\nLABEL version=2\n")) });
    return {
      ...stage,
      swift: swiftKubectl(cluster),
      config,
      plugin: "hello",
      next: next.shipment,
      held: async () => {
        const there = objects.filter(
          ([kind = "", name = ""]) => cluster.objects.get(kind, "default", name) !== undefined,
        );
        if (there.length === 0) return "nothing";
        if (there.length < objects.length) return "half";
        return image() === former ? "former" : "new";
      },
      reset: async () => {
        for (const object of kept) cluster.put(object);
      },
      stop: async () => {
        await cluster.stop();
        await removeTemporary();
      },
    };
  },
};
