// What a Buntime host would make of its plugins directory, as far as that can be known without running code: which plugins are found,
// left out, failed or loaded, in which order, with the loader's own log lines (Buntime v0.5.4).
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { buntime } from "../../../server/service/index.js";
import { type ManifestFacts, readManifest } from "../hosts/buntime/packing/manifest.js";
import { inOrder } from "./order.js";
import type { InstalledFolder } from "./store.js";

export interface LoadedPlugin {
  readonly name: string;
  readonly directory: string;
  readonly manifest: ManifestFacts;
}

export interface Loading {
  /** Everything found, loaded or not: what a reload answers with. */
  readonly scanned: readonly { readonly name: string; readonly version: string }[];
  readonly loaded: readonly LoadedPlugin[];
}

export interface Found extends LoadedPlugin {
  readonly entry: string;
  readonly needs: readonly string[];
  readonly likes: readonly string[];
}

/** Throws where the genuine reload answers 500 and leaves every plugin unloaded. */
export async function load(
  folders: readonly InstalledFolder[],
  reserved: string,
  log: (line: string) => void,
): Promise<Loading> {
  const found: Found[] = [];
  for (const folder of folders) {
    const plugin = await findPlugin(folder, log);
    if (plugin === undefined) continue;
    const first = found.find((other) => other.name === plugin.name);
    if (first === undefined) found.push(plugin);
    else log(`WRN [PluginLoader] Duplicate plugin "${plugin.name}" found at ${plugin.directory}`);
  }
  const scanned = found.map(({ name, manifest }) => ({ name, version: manifest.version ?? "0.0.0" }));
  const loaded: LoadedPlugin[] = [];
  for (const plugin of inOrder(found, log)) {
    const missing = plugin.needs.find((need) => !loaded.some((other) => other.name === need));
    if (missing !== undefined) {
      log(
        `WRN [PluginLoader] Skipping plugin "${plugin.name}" because required dependency "${missing}" failed to load`,
      );
      continue;
    }
    const wrong = await failureOf(plugin, reserved);
    if (wrong === undefined) {
      loaded.push({ name: plugin.name, directory: plugin.directory, manifest: plugin.manifest });
      log(`INF [PluginLoader] Loaded: ${plugin.name} (${plugin.directory})`);
    } else log(`ERR [PluginLoader] Failed to load plugin "${plugin.name}" {"error":${JSON.stringify(wrong)}}`);
  }
  log(`INF [PluginLoader] Loaded ${loaded.length} plugin(s)`);
  return { scanned, loaded };
}

async function findPlugin(folder: InstalledFolder, log: (line: string) => void): Promise<Found | undefined> {
  const reading = await readManifest(folder.directory);
  if (!reading.found) {
    if (reading.file !== undefined)
      log(`WRN [PluginLoader] Failed to parse ${path.join(folder.directory, reading.file)}: ${reading.reason}`);
    return undefined;
  }
  const { manifest } = reading;
  if (manifest.name === undefined) {
    log(`WRN [PluginLoader] Manifest in ${folder.directory} is missing required field: name`);
    return undefined;
  }
  const entry = await entryIn(folder.directory, manifest, log);
  if (entry === undefined) return undefined;
  const needs = namesOf("dependencies", manifest.values);
  const likes = namesOf("optionalDependencies", manifest.values);
  return { name: manifest.name, directory: folder.directory, manifest, entry, needs, likes };
}

async function entryIn(
  directory: string,
  manifest: ManifestFacts,
  log: (line: string) => void,
): Promise<string | undefined> {
  if (manifest.pluginEntry !== undefined) {
    if (await isThere(path.join(directory, manifest.pluginEntry))) return manifest.pluginEntry;
    log(`WRN [PluginLoader] Plugin file from manifest not found: ${path.join(directory, manifest.pluginEntry)}`);
  }
  for (const name of ["plugin.ts", "plugin.js", "index.ts", "index.js"])
    if (await isThere(path.join(directory, name))) return name;
  return undefined;
}

/** A text where a list belongs is read letter by letter; a map breaks the whole reload, as do optional ones of another type. */
function namesOf(
  key: "dependencies" | "optionalDependencies",
  values: Readonly<Record<string, unknown>>,
): readonly string[] {
  const value = values[key];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === "string" && key === "dependencies") return [...value];
  throw new Error(`${key} is not a list`);
}

async function failureOf(plugin: Found, reserved: string): Promise<string | undefined> {
  const base = buntime.baseRefusal(plugin.manifest.values);
  if (base !== undefined) return base;
  if (plugin.manifest.base === reserved) return `base "${reserved}" is reserved`;
  const file = path.join(plugin.directory, plugin.entry);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return `"${plugin.entry}" can't be read as a file`;
  const mistake = buntime.syntaxMistake(plugin.entry, text);
  return mistake && `${mistake.message} in line ${mistake.line} of "${plugin.entry}"`;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
