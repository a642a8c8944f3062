// The `/plugin` routes of the Metaflow UI service (2.5.1) over `installed/` and `config.plugins.json`: read once at start, as there.
// It clones nothing: an entry with a repository is served when its folder is already there.
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isRecord } from "../values.js";
import { type Answer, json, text, typeOf } from "./answer.js";

export interface Metaflow {
  /** Undefined when the path is not below `/plugin`. */
  answer(method: string, pathname: string): Promise<Answer | undefined>;
}

interface Served {
  readonly entry: {
    readonly identifier: string;
    readonly name: unknown;
    readonly repository: string | null;
    readonly ref: string | null;
    readonly parameters: unknown;
    readonly config: Readonly<Record<string, unknown>>;
    readonly files: readonly string[];
  };
  readonly directory: string;
}

export async function metaflowOver(directory: string, log: (line: string) => void): Promise<Metaflow> {
  const root = path.join(directory, "metaflow");
  const served: Served[] = [];
  for (const [identifier, entry] of await configured(root, log)) {
    for (const inside of pathsOf(entry)) {
      const folder = path.join(root, "installed", identifier, inside);
      const loaded = await loadPlugin(path.join(root, "installed"), folder, identifier, entry, (line) =>
        log(`[${identifier}:${inside}] ${line}`),
      );
      if (loaded !== undefined) served.push(loaded);
    }
  }
  log(`Plugins ready: [${served.map((plugin) => `'${plugin.entry.identifier}'`).join(", ")}]`);
  return { answer: (method, pathname) => route(served, method, pathname) };
}

type Entry = Readonly<Record<string, unknown>>;

async function configured(root: string, log: (line: string) => void): Promise<readonly (readonly [string, Entry])[]> {
  const file = await readFile(path.join(root, "config.plugins.json"), "utf8").catch(() => undefined);
  if (file === undefined) return [];
  const value = parsed(file);
  if (value === undefined) log("Error parsing JSON: config.plugins.json");
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([identifier, entry]) => {
    if (identifier === "auth" && typeof entry !== "string") return [];
    if (typeof entry === "string") return [[identifier, entry === "" ? {} : { repository: entry }] as const];
    if (isRecord(entry)) return [[identifier, entry] as const];
    log(`[${identifier}] Invalid plugin format, skipping`);
    return [];
  });
}

function pathsOf(entry: Entry): readonly string[] {
  const { paths } = entry;
  if (!Array.isArray(paths) || paths.length === 0) return [""];
  return paths.filter((item): item is string => typeof item === "string");
}

async function loadPlugin(
  installed: string,
  folder: string,
  identifier: string,
  entry: Entry,
  log: (line: string) => void,
): Promise<Served | undefined> {
  if (!folder.startsWith(installed + path.sep)) return void log("refused: the folder is outside installed/");
  const found = await stat(folder).catch(() => undefined);
  const repository = typeof entry.repository === "string" && entry.repository !== "" ? entry.repository : null;
  if (found?.isDirectory() !== true) {
    const clone = repository === null ? "" : "; the local host clones nothing, put a checkout there";
    return void log(`Error loading plugin config: no folder${clone}`);
  }
  const files = await fileNames(folder);
  if (files.length === 0) return void log("Error loading plugin files");
  const config = parsed(await readFile(path.join(folder, "manifest.json"), "utf8").catch(() => ""));
  const whole = isRecord(config) && ["name", "version", "entrypoint"].every((key) => key in config);
  if (!whole) return void log("Error loading plugin config");
  const ref = typeof entry.ref === "string" && entry.ref !== "" ? entry.ref : null;
  const parameters = "parameters" in entry ? entry.parameters : {};
  return { directory: folder, entry: { identifier, name: config.name, repository, ref, parameters, config, files } };
}

/** Bare names of all files, without dot files and files in dot folders; names repeat. */
async function fileNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) names.push(...(await fileNames(path.join(folder, entry.name))));
    else names.push(entry.name);
  }
  return names;
}

async function route(served: readonly Served[], method: string, pathname: string): Promise<Answer | undefined> {
  if (pathname !== "/plugin" && !pathname.startsWith("/plugin/")) return undefined;
  const [, , rawName, ...rest] = pathname.split("/");
  const name = decoded(rawName ?? "");
  const file = decoded(rest.join("/"));
  if (name === undefined || file === undefined) return text(400, "Bad Request");
  if (pathname !== "/plugin" && (name === "" || (rest.length > 0 && file === ""))) return text(404, "404: Not Found");
  if (method !== "GET") return { ...text(405, "405: Method Not Allowed"), headers: { Allow: "GET" } };
  if (pathname === "/plugin")
    return open(
      json(
        200,
        served.map((plugin) => plugin.entry),
      ),
    );
  const plugin = served.find((item) => item.entry.name === name);
  if (plugin === undefined) return open(json(404, "Plugin not found"));
  return rest.length === 0 ? open(json(200, plugin.entry)) : fileOf(plugin, file);
}

/** A listed bare name, opened at the top of the folder; a name that stands in a subfolder alone is not there. */
async function fileOf(plugin: Served, name: string): Promise<Answer> {
  const gone = text(404, "File not found", "text/plain");
  if (!plugin.entry.files.includes(name)) return gone;
  try {
    const [root, real] = await Promise.all([realpath(plugin.directory), realpath(path.join(plugin.directory, name))]);
    if (!real.startsWith(root + path.sep) || !(await stat(real)).isFile()) return gone;
    return { status: 200, type: typeOf(name).replace(/;.*/, ""), body: await readFile(real) };
  } catch {
    return text(404, "", "text/plain");
  }
}

function open(answer: Answer): Answer {
  return { ...answer, headers: { "Access-Control-Allow-Origin": "*", METADATA_SERVICE_VERSION: "2.5.1" } };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
