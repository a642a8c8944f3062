// Where a host has its plugins' folders (`installed/`), behind one set of words: a directory of this machine, or one in each pod.

import { openDirectory } from "../../transports/directory/index.js";
import type { PluginFile } from "../../transports/files.js";
import type { ReplicaOutcome } from "../host.js";

export interface Folder {
  readonly identifier: string;
  readonly at: string;
  readonly modified?: Date;
}

export interface Place {
  /** In words: a path, or the pods' path. */
  readonly where: string;
  folders(signal: AbortSignal): Promise<readonly Folder[]>;
  /** Text of a file of the plugin; undefined when there is none. */
  read(identifier: string, file: string, signal: AbortSignal): Promise<string | undefined>;
  /** As `Shipment.contents`; undefined when there is no such folder. */
  contents(identifier: string, signal: AbortSignal): Promise<string | undefined>;
  install(identifier: string, files: readonly PluginFile[], signal: AbortSignal): Promise<readonly ReplicaOutcome[]>;
  /** Empty when there was nothing to remove. */
  remove(identifier: string, signal: AbortSignal): Promise<readonly ReplicaOutcome[]>;
  /** Whether the first plugin brings the folder itself along. */
  isToBeMade?(): Promise<boolean>;
  /** Why what is put there would not last or can't be put there. */
  troubles?(signal: AbortSignal): Promise<readonly string[]>;
}

export function directoryPlace(directory: string): Place {
  // The service makes `installed/` for its own clones alone. And it checks a checkout around its plugins out by force: uncommitted work would be lost.
  const plugins = openDirectory({ directory, insideGit: "refuse", whenMissing: "make" });
  const outcome = (message: string) => [{ replica: plugins.path, ok: true, message }];
  return {
    where: plugins.path,
    isToBeMade: plugins.isToBeMade,
    folders: async (signal) =>
      (await plugins.list(signal)).map(({ name, path, modified }) => ({ identifier: name, at: path, modified })),
    read: async (identifier, file, signal) => (await plugins.read(identifier, file, signal))?.toString("utf8"),
    contents: (identifier, signal) => plugins.contents(identifier, signal),
    install: async (identifier, files, signal) => {
      const { at, replaced, notes } = await plugins.install(identifier, files, signal);
      return outcome([replaced ? `replaced ${at}` : `new at ${at}`, ...notes].join("; "));
    },
    remove: async (identifier, signal) =>
      (await plugins.remove(identifier, signal)) ? outcome(`removed "${identifier}"`) : [],
  };
}
