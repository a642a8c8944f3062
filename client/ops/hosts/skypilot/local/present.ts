// The files of a server on this machine as they are now.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fromHome } from "../../../transports/home.js";
import { HostError } from "../../hostError.js";
import { type PluginEntry, readPlugins } from "../files/pluginsFile.js";
import type { Present, PresentFile } from "../intended.js";
import { textAt } from "./disk.js";
import type { LocalServer } from "./server.js";

export async function presentOn({ pluginsFile, remoteFile, directory }: LocalServer, step: string): Promise<Present> {
  return {
    plugins: { file: pluginsFile, text: await textAt(pluginsFile, step) },
    remote: { file: remoteFile, text: await textAt(remoteFile, step) },
    usualWheels: path.join(directory, "wheels"),
    place: (written) => path.resolve(fromHome(written)),
    names: (folder) => readdir(folder).catch(() => []),
  };
}

/** The entries of a file; one that the server could not read is an error that says so. */
export function entriesIn({ file, text }: PresentFile, step: string): readonly PluginEntry[] {
  const reading = readPlugins(text ?? "");
  if (reading.readable) return reading.file.entries;
  throw new HostError({
    kind: "refused",
    step,
    message: `${file} can't be read: ${reading.reason}; the server would not start with it`,
    next: "correct that file",
  });
}
