// One plugin of the Metaflow UI service: loaded from its folder as the service does it, and served by its routes, top-level
// files alone. The local host and the preview both stand on this.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parsedJson } from "../parsedJson.js";
import { isRecord } from "../values.js";
import { type Answer, type Asked, json, text } from "./answer.js";
import { type MayRead, sentFile } from "./metaflowFile.js";

/** An entry of a PLUGINS value. */
export type Entry = Readonly<Record<string, unknown>>;

export interface Served {
  /** As `GET /plugin` lists it. */
  readonly entry: ListedPlugin;
  readonly directory: string;
}

export interface ListedPlugin {
  readonly identifier: string;
  readonly name: unknown;
  readonly repository: string | null;
  readonly ref: string | null;
  readonly parameters: unknown;
  readonly config: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

/** Not in the list: the service says why in its log alone. */
export interface Refused {
  readonly refused: string;
  /** The page then shows no plugin at all. */
  readonly spoilsTheList?: true;
}

export function isRefused(loaded: Served | Refused): loaded is Refused {
  return "refused" in loaded;
}

/** `newer`: text of the manifest that is to count instead of the file's. */
export async function loadPlugin(
  folder: string,
  identifier: string,
  entry: Entry,
  newer?: string,
): Promise<Served | Refused> {
  const found = await stat(folder).catch(() => undefined);
  const repository = typeof entry.repository === "string" && entry.repository !== "" ? entry.repository : null;
  if (found?.isDirectory() !== true) {
    const clone = repository === null ? "" : "; the local host clones nothing, put a checkout there";
    return { refused: `Error loading plugin config: no folder${clone}` };
  }
  const files = await fileNames(folder);
  if (files.length === 0) return { refused: "Error loading plugin files: the folder is empty" };
  const bytes = await plainFile(path.join(folder, "manifest.json"));
  if (bytes === undefined) return { refused: "Error loading plugin config: there is no manifest.json at the top" };
  const manifest = newer ?? textOf(bytes);
  if (manifest === undefined) return { refused: "Error loading plugin config: manifest.json is not UTF-8" };
  const reading = readManifestText(manifest);
  if ("refused" in reading) return reading;
  const { config } = reading;
  const ref = typeof entry.ref === "string" && entry.ref !== "" ? entry.ref : null;
  const parameters = "parameters" in entry ? entry.parameters : {};
  return { directory: folder, entry: { identifier, name: config.name, repository, ref, parameters, config, files } };
}

/** What the service makes of a manifest's text. */
export function readManifestText(manifest: string): Pick<ListedPlugin, "config"> | Refused {
  const config = parsedJson(manifest);
  if (config === undefined && parsedJson(manifest.replace(nonFinite, "$10")) !== undefined)
    return {
      refused: "manifest.json holds NaN or Infinity: the service takes it, and its whole list is no JSON then",
      spoilsTheList: true,
    };
  if (!isRecord(config)) return { refused: `Error loading plugin config: manifest.json ${brokenness(config)}` };
  const missing = ["name", "version", "entrypoint"].filter((key) => !(key in config));
  if (missing.length === 0) return { config };
  return {
    refused: `Error loading plugin config: manifest.json lacks ${missing.map((key) => `"${key}"`).join(", ")}`,
  };
}

/** Python reads these as numbers, and writes them out again as they are. */
const nonFinite = /([:[,]\s*)-?(?:NaN|Infinity)(?=\s*[,\]}])/g;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function brokenness(value: unknown): string {
  return value === undefined ? "is not strict JSON" : "is no object";
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

/** A device that a link leads to, for example, has no end. */
async function plainFile(file: string): Promise<Buffer | undefined> {
  const info = await stat(file).catch(() => undefined);
  return info?.isFile() === true ? readFile(file).catch(() => undefined) : undefined;
}

/** Answers below `/plugin`; undefined for any other path. */
export async function routeOf(
  served: readonly Served[],
  { method, url: { pathname }, header }: Pick<Asked, "method" | "url" | "header">,
  mayRead?: MayRead,
): Promise<Answer | undefined> {
  if (pathname !== "/plugin" && !pathname.startsWith("/plugin/")) return undefined;
  const [, , rawName, ...rest] = pathname.split("/");
  const name = decodedOnce(rawName ?? "");
  const file = decodedOnce(rest.join("/"));
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
  return rest.length === 0 ? open(json(200, plugin.entry)) : fileOf(plugin, file, header, mayRead);
}

/** A listed bare name, opened at the top of the folder; a name that stands in a subfolder alone is not there. */
async function fileOf(
  { entry, directory }: Served,
  name: string,
  header: Asked["header"],
  mayRead: MayRead | undefined,
): Promise<Answer> {
  if (!entry.files.includes(name)) return text(404, "File not found", "text/plain");
  return sentFile(path.join(directory, name), name, header, mayRead);
}

export function open(answer: Answer): Answer {
  return { ...answer, headers: { "Access-Control-Allow-Origin": "*", METADATA_SERVICE_VERSION: "2.5.1" } };
}

/** As the service decodes a path: what is no escape, or no text, stays as it is written. */
export function decodedOnce(part: string): string {
  return part.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
