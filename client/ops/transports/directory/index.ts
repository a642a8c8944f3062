// A host's directory of plugins on this machine: a mounted volume, or `plugins/installed`. A plugin is written beside its place
// and renamed into it, so that whoever reads the directory sees the old plugin or the new one, never half of either.
import nodeDisk, { readFile } from "node:fs/promises";
import path from "node:path";
import { HostError, withHostNow } from "../../hosts/hostError.js";
import { contentsDigest } from "../../pack/plan.js";
import { checkedFiles, oddFolder, type PluginFile } from "../files.js";
import { fromHome } from "../home.js";
import { canBeMade, refuseCheckout, refuseLink, there, writable } from "./checks.js";
import { codeOf, type Disk, isThere } from "./disk.js";
import { diskError } from "./diskError.js";
import { exchange, makeScope } from "./exchange.js";
import { digestsIn, filesIn, foldersIn, type PluginFolder } from "./look.js";
import { clear, openStage, putRight, recover, writeFiles } from "./stage.js";

export type { PluginFolder } from "./look.js";

export interface DirectoryOptions {
  /** Absolute, or `~/…`. */
  readonly directory: string;
  /** "refuse" for hosts that overwrite a git checkout which they find their plugins in. */
  readonly insideGit?: "refuse" | "allow";
  /** "make" where the first plugin brings the directory along; only its last folder is made, so that a wrong path stays one. */
  readonly whenMissing?: "refuse" | "make";
  /** Replaced by tests that fill the disk. */
  readonly disk?: Disk;
}

export interface Installed {
  readonly at: string;
  readonly replaced: boolean;
  /** What is not as it should be, though the plugin stands, and what was put right before. */
  readonly notes: readonly string[];
}

/** Everything throws `HostError` alone; one that comes out of a change says in `hostNow` what the directory has. */
export interface PluginDirectory {
  readonly path: string;
  /** Whether the first plugin will bring the directory along. */
  isToBeMade(): Promise<boolean>;
  /** Folders that may be plugins: not hidden, scopes opened. */
  list(signal: AbortSignal): Promise<readonly PluginFolder[]>;
  /** A file of a plugin; undefined when there is none of this name. */
  read(plugin: string, file: string, signal: AbortSignal): Promise<Buffer | undefined>;
  /** The digest of what lies there, made as `Shipment.contents` is; undefined when there is no such folder. */
  contents(plugin: string, signal: AbortSignal): Promise<string | undefined>;
  /** All files of a plugin, by path; undefined when there is no such folder. */
  files(
    plugin: string,
    signal: AbortSignal,
  ): Promise<readonly { readonly path: string; readonly bytes: Buffer }[] | undefined>;
  install(plugin: string, files: readonly PluginFile[], signal: AbortSignal): Promise<Installed>;
  /** The same with files that `fill` puts into a folder which it makes. */
  installFrom(plugin: string, fill: (folder: string) => Promise<void>, signal: AbortSignal): Promise<Installed>;
  /** False when there was nothing to remove. */
  remove(plugin: string, signal: AbortSignal): Promise<boolean>;
}

export function openDirectory(options: DirectoryOptions): PluginDirectory {
  const { directory, insideGit = "allow", whenMissing = "refuse", disk = nodeDisk } = options;
  const root = path.resolve(fromHome(directory));
  const isToBeMade = async () => whenMissing === "make" && (await canBeMade(root));
  const look = async (plugin: string, signal: AbortSignal) => {
    const place = placeOf(root, "list", plugin);
    if (!(await isToBeMade())) await there(root, "list", signal);
    return place;
  };
  const change = async (step: string, plugin: string, signal: AbortSignal) => {
    const place = placeOf(root, step, plugin);
    const isMade = await isToBeMade();
    if (!isMade) await there(root, step, signal);
    await writable(isMade ? path.dirname(root) : root, step);
    if (insideGit === "refuse") await refuseCheckout(root, place, step);
    return { place, isMade, notes: isMade ? [] : await recover(disk, root) };
  };
  const installFrom: PluginDirectory["installFrom"] = async (plugin, fill, signal) => {
    const { place, isMade, notes } = await change("upload", plugin, signal);
    if (!isMade) {
      await refuseLink(root, place);
      const installed = await install(disk, root, place, fill, signal);
      return { ...installed, notes: [...notes, ...installed.notes] };
    }
    await disk.mkdir(root).catch((error: unknown) => {
      throw diskError(error, { step: "upload", place: root, signal });
    });
    return install(disk, root, place, fill, signal).catch(async (error: unknown) => {
      await disk.rmdir(root).catch(() => undefined);
      throw error;
    });
  };
  return {
    path: root,
    isToBeMade,
    list: async (signal) => {
      if (await isToBeMade()) return [];
      await there(root, "list", signal);
      return foldersIn(root);
    },
    read: async (plugin, file, signal) => {
      const place = path.join(await look(plugin, signal), file);
      return readFile(place).catch((error: unknown) => {
        if (["ENOENT", "ENOTDIR", "EISDIR"].includes(codeOf(error))) return undefined;
        throw diskError(error, { step: "list", place, signal });
      });
    },
    contents: async (plugin, signal) => {
      const place = await look(plugin, signal);
      return (await isThere(place)) ? contentsDigest(await digestsIn(place, signal)) : undefined;
    },
    files: async (plugin, signal) => {
      const place = await look(plugin, signal);
      return (await isThere(place)) ? filesIn(place, signal) : undefined;
    },
    install: async (plugin, files, signal) => {
      const checked = checkedFiles(files);
      return installFrom(plugin, (folder) => writeFiles(disk, folder, checked, signal), signal);
    },
    installFrom,
    remove: async (plugin, signal) => {
      const { place } = await change("remove", plugin, signal);
      return (await isThere(place)) && remove(disk, root, place, signal);
    },
  };
}

async function install(
  disk: Disk,
  root: string,
  place: string,
  fill: (folder: string) => Promise<void>,
  signal: AbortSignal,
): Promise<Installed> {
  const at = { step: "upload", place, signal };
  let stage: string | undefined;
  try {
    stage = await openStage(disk, root, place, fill);
    const undoScope = await makeScope(disk, root, place);
    const replaced = await exchange(disk, stage, place).catch(async (error: unknown) => {
      await undoScope();
      throw error;
    });
    return { at: place, replaced, notes: await clear(disk, stage) };
  } catch (error) {
    const failed = diskError(error, at);
    const left = stage === undefined ? [] : await putRight(disk, root, stage);
    throw withHostNow(failed, failed.hostNow ?? left[0] ?? `${root} has what it had`);
  }
}

/** Moved aside first, so that nobody sees a plugin that loses its files one by one. */
async function remove(disk: Disk, root: string, place: string, signal: AbortSignal): Promise<boolean> {
  try {
    const stage = await openStage(disk, root, place, async () => undefined);
    await disk.rename(place, path.join(stage, "gone")).catch(async (error: unknown) => {
      await clear(disk, stage);
      throw error;
    });
    await clear(disk, stage);
    // A scope without plugins is nothing.
    if (path.dirname(place) !== root) await disk.rmdir(path.dirname(place)).catch(() => undefined);
    return true;
  } catch (error) {
    throw withHostNow(diskError(error, { step: "remove", place, signal }), `${place} is still there`);
  }
}

function placeOf(root: string, step: string, plugin: string): string {
  const odd = oddFolder(plugin);
  if (odd === undefined) return path.join(root, plugin);
  const message = `"${plugin}" ${odd}; nothing was changed`;
  throw new HostError({ kind: "refused", step, message, next: "name the plugin by its folder" });
}
