// SkyPilot by the folder and the Python of a server on this machine, which really imports what its file lists.
import { cp, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { connect, type HostConfig, packageFor } from "../../../../client/ops/index.js";
import { removeTemporary, temporary } from "../../support/places.js";
import { pluginCode, project, quickTools } from "../../support/skypilot/project.js";
import { lacking, skypilotServer } from "../../support/skypilot/server.js";
import { type Held, planted, type Subject } from "../subject.js";

export const skypilotHere: Subject = {
  title: "SkyPilot on this machine",
  lacking: async () => lacking(),
  open: async () => {
    const server = await skypilotServer();
    const restart = [path.join(server.folder, "bin", "sky"), "api", "restart"];
    const config: HostConfig = { ...server.config, level: "shared", own: { ...server.config.own, restart } };
    const signal = new AbortController().signal;
    const archives = await temporary();
    const pack = async (folder: string) =>
      (await packageFor({ system: "skypilot", plugin: folder, archives, tools: quickTools, signal })).shipment;
    const former = await pack(await project());
    const next = await pack(
      await project(
        {
          "example_audit/plugin.py": pluginCode("0.2.0"),
          "plugins.yaml": "plugins:\n- class: example_audit.plugin.AuditPlugin\n  parameters: { log_path: second }\n",
        },
        "0.2.0",
      ),
    );
    const lib = path.join(server.folder, "venv", "lib");
    const site = path.join(lib, (await readdir(lib))[0] ?? "", "site-packages");
    const host = connect(config, { ...server.io, token: async () => planted });
    await host.upload?.(former, signal);
    await host.reload?.(signal);
    const kept = await temporary();
    const files = [
      [site, path.join(kept, "site")],
      [path.join(server.home, ".plugsmith"), path.join(kept, ".plugsmith")],
      [path.join(server.home, "plugins.yaml"), path.join(kept, "plugins.yaml")],
    ] as const;
    for (const [from, to] of files) await cp(from, to, { recursive: true });
    return {
      connect: (io) => connect(config, { ...io, timeouts: { reload: 1500, ...io.timeouts } }),
      plugin: "example-audit",
      next,
      held: async () => {
        const text = await readFile(path.join(server.home, "plugins.yaml"), "utf8").catch(() => "");
        const installed = (await readdir(site)).filter((name) => /^example_audit-.*\.dist-info$/.test(name));
        return heldBy(/second/.test(text), text.includes("AuditPlugin"), installed);
      },
      reset: async () => {
        for (const [to, from] of files) {
          await rm(to, { recursive: true, force: true });
          await cp(from, to, { recursive: true });
        }
        const lives = await fetch(`${server.url}/api/health`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (!lives) server.sky("api", "start");
      },
      stop: async () => {
        server.sky("api", "stop");
        await removeTemporary();
      },
    };
  },
};

/** The file and the package belong together. */
function heldBy(isNewFile: boolean, isListed: boolean, installed: readonly string[]): Held {
  const [only, other] = installed;
  if (!isListed && only === undefined) return "nothing";
  if (!isListed || only === undefined || other !== undefined) return "half";
  const isNewPackage = only.startsWith("example_audit-0.2.0");
  if (isNewFile !== isNewPackage) return "half";
  return isNewFile ? "new" : "former";
}
