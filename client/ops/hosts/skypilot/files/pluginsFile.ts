// What a plugins.yaml or remote_plugins.yaml says, read as the server's own parser does (YAML 1.1, the last of two equal keys wins).
// It judges nothing; a file that can't be read at all is told as one sentence.
import { type Document, isMap, isSeq, parseAllDocuments } from "yaml";
import { isRecord } from "../../../values.js";

export interface PluginEntry {
  readonly className: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `upload_to_controller: true` of an earlier guide. */
  readonly toControllers: boolean;
}

export interface PluginsFile {
  readonly entries: readonly PluginEntry[];
  /** `controller_wheel_path` as written. */
  readonly wheelPath?: string;
}

export type Reading =
  | { readonly readable: true; readonly file: PluginsFile; readonly document: Document }
  | { readonly readable: false; readonly reason: string };

/** An empty text is a file without plugins, as for the server. */
export function readPlugins(text: string): Reading {
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ""), {
    version: "1.1",
    uniqueKeys: false,
    logLevel: "silent",
  });
  const list = Array.isArray(documents) ? documents : [];
  if (list.length > 1) return { readable: false, reason: "it holds several documents" };
  const [document] = list.length === 1 ? list : parseAllDocuments("{}\n", { version: "1.1" });
  if (document === undefined) return { readable: false, reason: "it is empty" };
  const [error] = document.errors;
  if (error !== undefined) return { readable: false, reason: `it is not YAML: ${firstLine(error.message)}` };
  if (document.contents !== null && !isMap(document.contents) && value(document)) {
    return { readable: false, reason: "it is not a map of fields" };
  }
  const plugins = isMap(document.contents) ? document.contents.get("plugins", true) : undefined;
  if (plugins !== undefined && plugins !== null && !isSeq(plugins) && value(document, "plugins") !== null) {
    return { readable: false, reason: '"plugins" is not a list' };
  }
  return { readable: true, file: factsOf(document), document };
}

function factsOf(document: Document): PluginsFile {
  const whole = value(document);
  const plain = isRecord(whole) ? whole : {};
  const items = Array.isArray(plain.plugins) ? plain.plugins : [];
  const { controller_wheel_path: wheelPath } = plain;
  return {
    entries: items.flatMap((item) => entryOf(item) ?? []),
    ...(typeof wheelPath === "string" && wheelPath !== "" ? { wheelPath } : {}),
  };
}

function entryOf(item: unknown): PluginEntry | undefined {
  if (!isRecord(item) || typeof item.class !== "string") return undefined;
  const parameters = isRecord(item.parameters) ? item.parameters : {};
  return { className: item.class, parameters, toControllers: item.upload_to_controller === true };
}

function value(document: Document, key?: string): unknown {
  try {
    const whole: unknown = document.toJS({ maxAliasCount: 100 });
    return key === undefined ? whole : isRecord(whole) ? whole[key] : undefined;
  } catch {
    return undefined; // too many aliases: nothing that a person wrote
  }
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]?.replace(/:$/, "") ?? text;
}
