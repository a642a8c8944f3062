// Buntime's packaging reader: the few facts of a manifest that packing, checking and verifying need, from text.
// It judges nothing beyond "is this a manifest at all"; problems are preflight's and the language server's work.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { definedOf, isRecord, stringList } from "../../../values.js";

export interface ManifestFacts {
  /** File name at the top of the plugin: `manifest.yaml` or `manifest.yml`. */
  readonly file: string;
  readonly name?: string;
  readonly version?: string;
  /** True only for the boolean `false`; anything else loads. */
  readonly disabled: boolean;
  readonly base?: string;
  readonly pluginEntry?: string;
  readonly entrypoint?: string;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  /** Everything the manifest says, as the host's parser reads it. */
  readonly values: Readonly<Record<string, unknown>>;
}

export type ManifestReading =
  | { readonly found: true; readonly manifest: ManifestFacts; readonly both: boolean }
  | { readonly found: false; readonly file?: string; readonly reason: string };

/** Reads `manifest.yaml`, else `manifest.yml`, of a folder; the first wins when both exist. */
export async function readManifest(folder: string): Promise<ManifestReading> {
  const yaml = await textOf(path.join(folder, "manifest.yaml"));
  const yml = await textOf(path.join(folder, "manifest.yml"));
  if (yaml !== undefined) return parseManifest(yaml, "manifest.yaml", yml !== undefined);
  if (yml !== undefined) return parseManifest(yml, "manifest.yml", false);
  return { found: false, reason: "the folder has no manifest.yaml at its top" };
}

export function parseManifest(text: string, file: string, both = false): ManifestReading {
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ""), { uniqueKeys: false, logLevel: "silent" });
  const [document] = documents;
  if (!Array.isArray(documents) || document === undefined) return { found: false, file, reason: `${file} is empty` };
  if (documents.length > 1)
    return { found: false, file, reason: `${file} holds several documents; the host reads one` };
  const [error] = document.errors;
  if (error !== undefined) return { found: false, file, reason: `${file} is not YAML: ${firstLine(error.message)}` };
  const value = readSafely(() => document.toJS({ maxAliasCount: 100 }));
  if (!isRecord(value)) return { found: false, file, reason: `${file} is not a map of fields` };
  return { found: true, manifest: factsOf(value, file), both };
}

function factsOf(values: Readonly<Record<string, unknown>>, file: string): ManifestFacts {
  const text = (key: string) => {
    const value = values[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const optional = { name: text("name"), version: text("version"), base: text("base") };
  const entries = { pluginEntry: text("pluginEntry"), entrypoint: text("entrypoint") };
  return {
    file,
    ...definedOf(optional),
    ...definedOf(entries),
    disabled: values.enabled === false,
    dependencies: stringList(values.dependencies),
    optionalDependencies: stringList(values.optionalDependencies),
    values,
  };
}

function readSafely(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined; // too many aliases: not a manifest anyone wrote by hand
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]?.replace(/:$/, "") ?? text;
}
