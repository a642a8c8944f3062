// Metaflow UI by the folder and the .env file of its service, which a program restarts.
import { rm } from "node:fs/promises";
import path from "node:path";
import { connect, type HostConfig, packageFor } from "../../../../client/ops/index.js";
import { badge, badgeFolder } from "../../support/badge.js";
import { metaflowService } from "../../support/metaflowService.js";
import { removeTemporary, temporary, write } from "../../support/places.js";
import { heldIn, type Subject } from "../subject.js";

const { "src/plugin.ts": _former, ...former } = badge("1.0.0");
const { "src/plugin.ts": _next, ...next } = badge("2.0.0");

export const metaflowFolder: Subject = {
  title: "Metaflow UI by its folder",
  open: async () => {
    const folder = await temporary();
    const place = path.join(folder, "installed", "flow-badge");
    const put = async () => {
      await rm(place, { recursive: true, force: true });
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
    const signal = new AbortController().signal;
    const archives = await temporary();
    const { shipment } = await packageFor({ system: "metaflow", plugin: await badgeFolder(next), archives, signal });
    return {
      connect: (io) => connect(config, { timeouts: { reload: 1000 }, ...io }),
      plugin: "Flow badge",
      next: shipment,
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
