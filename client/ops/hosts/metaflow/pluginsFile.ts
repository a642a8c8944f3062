// The file that holds the PLUGINS value: its entries as they stand there, and one entry written into it. The file is written
// beside its place and renamed, and only when nobody changed it since it was read. Values of `auth` are never shown.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { metaflow } from "../../../../server/service/index.js";
import { jsonObject } from "../../parsedJson.js";
import { placeWhole } from "../../transports/directory/whole.js";
import { definedOf, isRecord } from "../../values.js";
import { HostError } from "../hostError.js";

export type Entry = Readonly<Record<string, unknown>>;

export interface PluginsFile {
  readonly file: string;
  /** The file's whole text; empty when there is no such file yet. */
  readonly text: string;
  /** By identifier, in order; an address alone is read as an object. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** The value as JSON, credentials masked; undefined when the file holds none. */
  readonly shown?: string;
  /** The value as JSON; credentials included, so never to be shown. */
  readonly json?: string;
  /** The credentials that go for every entry without any of its own. */
  readonly auth?: Entry;
  /** Where the value begins, when the file has several and one was chosen. */
  readonly line?: number;
}

/** `line`: the value that is meant, where a file has several. */
export async function readPlugins(file: string, step: string, line?: number): Promise<PluginsFile> {
  const text = await textOf(file, step);
  const all = metaflow.pluginsValuesIn(file, text);
  const values = line === undefined ? all : all.filter((value) => value.line === line);
  const [value, another] = values;
  if (another !== undefined) {
    const lines = values.map(({ line }) => line).join(", ");
    const next = "say which by its line, or keep this host's value in a file of its own";
    const message = `${path.basename(file)} has several PLUGINS values (lines ${lines}), and which one is meant can't be known`;
    throw new HostError({ kind: "refused", step, message, next });
  }
  if (value?.problem !== undefined) {
    const message = `${path.basename(file)}:${value.line}: ${value.problem}`;
    throw new HostError({ kind: "refused", step, message, next: "correct the PLUGINS value first" });
  }
  const parsed = value === undefined ? undefined : jsonObject(value.text);
  return { file, text, ...described(parsed), ...(line === undefined ? {} : { line }) };
}

function described(value: Readonly<Record<string, unknown>> | undefined) {
  if (value === undefined) return { entries: new Map<string, Entry>() };
  const { auth } = value;
  return {
    entries: new Map(Object.entries(value).flatMap(entryOf)),
    shown: shownJson(value),
    json: JSON.stringify(value),
    ...(isRecord(auth) ? { auth } : {}),
  };
}

/** The file with one entry changed; nothing is written. */
export function withEntry(plugins: PluginsFile, change: Change, step: string): PluginsFile {
  const { file, text, line } = plugins;
  const edited = metaflow.editEntry(file, text, change, line);
  if (!edited.done) {
    throw new HostError({ kind: "refused", step, message: edited.reason, next: edited.next });
  }
  const values = metaflow.pluginsValuesIn(file, edited.text);
  const value = line === undefined ? values[0] : values.find((one) => one.line === line);
  return {
    file,
    text: edited.text,
    ...described(jsonObject(value?.text ?? "")),
    ...(line === undefined ? {} : { line }),
  };
}

export type Change = Parameters<typeof metaflow.editEntry>[2];

/** Puts the changed text in the place of the one that was read. */
export async function writePlugins(before: PluginsFile, after: PluginsFile, step: string): Promise<void> {
  const { file } = before;
  if (after.text === before.text) return;
  if ((await textOf(file, step)) !== before.text) {
    const message = `${path.basename(file)} was changed by somebody else meanwhile`;
    throw new HostError({ kind: "refused", step, message, next: "look at the change, then try again" });
  }
  try {
    // Never readable for more people than the file is, since it may hold credentials.
    await placeWhole(file, (part, mode) => writeFile(part, after.text, { flag: "wx", ...definedOf({ mode }) }));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    const message = `${path.basename(file)} can't be written${code}; it holds what it held`;
    throw new HostError({ kind: "tool", step, message, next: "make room or take the right to write there", cause });
  }
}

async function textOf(file: string, step: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    // A first entry begins the file.
    if (code === "ENOENT") return "";
    const message = `${file} can't be read (${code})`;
    throw new HostError({ kind: "tool", step, message, next: "correct the host's pluginsFile", cause });
  }
}

function entryOf([identifier, value]: [string, unknown]): readonly (readonly [string, Entry])[] {
  if (identifier === "auth" && typeof value !== "string") return [];
  if (typeof value === "string") return [[identifier, value === "" ? {} : { repository: value }]];
  return isRecord(value) ? [[identifier, value]] : [];
}

/** For people: credentials and passwords in addresses are masked. */
export function shownJson(value: unknown): string {
  const masked = (key: string, one: unknown): unknown => {
    if (key === "auth" && isRecord(one)) return Object.fromEntries(Object.keys(one).map((name) => [name, "•••"]));
    return typeof one === "string" ? one.replace(/(\/\/[^/@:]*:)[^/@]*@/, "$1•••@") : one;
  };
  return JSON.stringify(value, masked, 2);
}
