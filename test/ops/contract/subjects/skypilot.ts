// SkyPilot by a server of this machine, whose Python, files and start are changed, and by a release in a cluster.
import { chmod, rm } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  connect,
  deliver as delivered,
  type HostConfig,
  type PluginHost,
  packageFor,
} from "../../../../client/ops/index.js";
import { lackingKubectl, startCluster } from "../../support/cluster/index.js";
import { swiftKubectl } from "../../support/cluster/swiftKubectl.js";
import { type Files, removeTemporary, temporary, write } from "../../support/places.js";
import { bytesIn } from "../../support/pluginFiles.js";
import { project, quickTools } from "../../support/skypilot/project.js";
import { quickSky, rememberingPython } from "../../support/skypilot/quickSky.js";
import { installFromConfigMap, release } from "../../support/skypilot/release.js";
import { lacking, quickPip, serverPython } from "../../support/skypilot/server.js";
import { until } from "../../support/waiting.js";
import { runIn } from "../faultyIo.js";
import type { Stage, Subject } from "../subject.js";

const signal = new AbortController().signal;

/** One plugin whose version changes both files, the package and the wheel that controllers get. */
const versions = ["0.1.0", "0.2.0"] as const;
const extra = (version: string): Files => ({
  "plugins.yaml": `plugins:\n- class: example_audit.plugin.AuditPlugin\n  parameters:\n    log_path: /tmp/audit.log\n`,
  "remote_plugins.yaml": "plugins:\n- class: example_audit.plugin.ControllerAuditPlugin\n",
  "example_audit/note.py": `version = "${version}"\n`,
});

async function packed(version: string) {
  const archives = await temporary();
  const plugin = await project(extra(version), version);
  return (await packageFor({ system: "skypilot", plugin, archives, signal, tools: quickTools })).shipment;
}

export const skypilotLocal: Subject = {
  title: "SkyPilot on this machine",
  does: ["request", "program"],
  lacking: async () => lacking(),
  open: async () => {
    const server = await quickSky();
    const executables = { sky: server.sky, python: "" };
    const timeouts = { reload: 2000 };
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const io = { run: runIn({ executables, env }), executables, timeouts };
    const look = async () => ({ home: await bytesIn(server.home), site: await bytesIn(server.site) });
    const [former, next] = [await packed(versions[0]), await packed(versions[1])];
    const host = connect(server.config, io);
    await deliver(host, former);
    const before = { ...(await look()), shown: server.shown() };
    await deliver(host, next);
    const after = { ...(await look()), shown: server.shown() };
    const same = (one: typeof before, now: { readonly home: Files; readonly site: Files }) =>
      isDeepStrictEqual([served(one.home), installed(one.site)], [served(now.home), installed(now.site)]);
    return {
      env,
      executables,
      swift: rememberingPython(server.python, server.site),
      config: server.config,
      timeouts,
      next,
      plugin: "example-audit",
      held: async () => {
        const now = await look();
        return same(before, now) ? "former" : same(after, now) ? "new" : "half";
      },
      runs: () => {
        const shown = server.shown();
        return shown === undefined
          ? "nothing"
          : shown === before.shown
            ? "former"
            : shown === after.shown
              ? "new"
              : "half";
      },
      leftovers: async () => Object.keys(await bytesIn(server.home)).filter(isLeftover),
      reset: async () => {
        await rm(server.home, { recursive: true, force: true });
        for (const name of Object.keys(installed(await bytesIn(server.site)))) await rm(path.join(server.site, name));
        await write(server.home, before.home);
        await write(server.site, installed(before.site));
        server.show(before.shown);
      },
      stop: async () => {
        await server.stop();
        await removeTemporary();
      },
    };
  },
};

export const skypilotInPods: Subject = {
  title: "SkyPilot in a cluster",
  does: ["program"],
  lacking: async () => lacking() ?? (await lackingKubectl()),
  open: async () => {
    const folder = await temporary();
    const python = await serverPython(folder, quickPip);
    await write(folder, { "bin/python3": `#!/bin/sh\nexec ${python} -B "$@"\n` });
    const program = path.join(folder, "bin", "python3");
    await chmod(program, 0o755);
    const cluster = await startCluster({ workloads: [], also: { python3: program } });
    const map = (name = "skypilot-plugins") => cluster.objects.get("ConfigMap", "default", name);
    const content = () => ({ data: map()?.data, binaryData: map()?.binaryData });
    const still = cluster.objects.watch(undefined, (change, { kind }) => {
      if (change === "ADDED" && kind === "Pod") installFromConfigMap(python, map());
    });
    cluster.put(release({ wired: true }));
    await until(() => cluster.pods().length === 1);
    const config: HostConfig = {
      name: "release",
      system: "skypilot",
      level: "shared",
      kubernetes: { context: "test" },
    };
    const timeouts = { reload: 4000 };
    const [former, next] = [await packed(versions[0]), await packed(versions[1])];
    const host = connect(config, { run: cluster.swift, timeouts });
    await deliver(host, former);
    const kept = map();
    const before = content();
    await deliver(host, next);
    const after = content();
    return {
      env: cluster.env,
      swift: swiftKubectl(cluster),
      config,
      timeouts,
      next,
      plugin: "example-audit",
      held: async () => {
        const now = content();
        return isDeepStrictEqual(now, before) ? "former" : isDeepStrictEqual(now, after) ? "new" : "half";
      },
      leftovers: async () => (map("skypilot-plugins-before") === undefined ? [] : ["skypilot-plugins-before"]),
      reset: async () => {
        cluster.objects.delete("ConfigMap", "default", "skypilot-plugins-before");
        if (kept !== undefined) cluster.put(kept);
        installFromConfigMap(python, map());
      },
      stop: async () => {
        still();
        await cluster.stop();
        await removeTemporary();
      },
    };
  },
};

async function deliver(host: PluginHost, shipment: Stage["next"]) {
  const { verdict } = await delivered({ host, action: "deploy", signal }, shipment);
  if (verdict.state !== "verified") throw new Error(JSON.stringify(verdict));
}

/** What the server reads. */
function served(home: Files): Files {
  return only(home, (name) => !name.startsWith(".plugsmith/") && !name.startsWith("api_server/"));
}

function installed(site: Files): Files {
  return only(site, (name) => name.startsWith("example_audit") && !name.includes("__pycache__"));
}

function only(files: Files, wanted: (name: string) => boolean): Files {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => wanted(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Parts of files that were never put in place, and what was kept for a way back. */
function isLeftover(name: string): boolean {
  return name.endsWith(".part") || name.startsWith(".plugsmith/before/");
}
