// The `/plugin` routes of the Metaflow UI service (2.5.1) over `installed/` and `config.plugins.json`: read once at start, as there.
// It clones nothing: an entry with a repository is served when its folder is already there.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parsedJson } from "../parsedJson.js";
import { isRecord } from "../values.js";
import type { Answer, Asked } from "./answer.js";
import { type Entry, isRefused, loadPlugin, type Refused, routeOf, type Served } from "./metaflowPlugin.js";

export interface Metaflow {
  /** Undefined when the path is not below `/plugin`. */
  answer(asked: Asked): Promise<Answer | undefined>;
}

export async function metaflowOver(directory: string, log: (line: string) => void): Promise<Metaflow> {
  const root = path.join(directory, "metaflow");
  const served: Served[] = [];
  for (const [identifier, entry] of await configured(root, log)) {
    for (const inside of pathsOf(entry)) {
      const folder = path.join(root, "installed", identifier, inside);
      const isInside = folder.startsWith(path.join(root, "installed") + path.sep);
      const outside: Refused = { refused: "refused: the folder is outside installed/" };
      const loaded = isInside ? await loadPlugin(folder, identifier, entry) : outside;
      if (isRefused(loaded)) log(`[${identifier}:${inside}] ${loaded.refused}`);
      else served.push(loaded);
    }
  }
  log(`Plugins ready: [${served.map((plugin) => `'${plugin.entry.identifier}'`).join(", ")}]`);
  return { answer: (asked) => routeOf(served, asked) };
}

async function configured(root: string, log: (line: string) => void): Promise<readonly (readonly [string, Entry])[]> {
  const file = await readFile(path.join(root, "config.plugins.json"), "utf8").catch(() => undefined);
  if (file === undefined) return [];
  const value = parsedJson(file);
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
