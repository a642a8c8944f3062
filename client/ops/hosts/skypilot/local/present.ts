// The files of a server on this machine as they are now.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fromHome } from "../../../transports/home.js";
import type { Present } from "../intended.js";
import { textAt } from "./disk.js";
import type { LocalServer } from "./server.js";

export async function presentOn({ pluginsFile, remoteFile, directory }: LocalServer, step: string): Promise<Present> {
  return {
    plugins: { file: pluginsFile, text: await textAt(pluginsFile, step) },
    remote: { file: remoteFile, text: await textAt(remoteFile, step) },
    usualWheels: path.join(directory, "wheels"),
    installsFromWheels: false,
    place: (written) => path.resolve(fromHome(written)),
    names: (folder) => readdir(folder).catch(() => []),
  };
}
