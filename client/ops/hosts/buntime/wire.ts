// The checked edge of Buntime's JSON: its lists and answers into our own types, tolerant of what other versions leave out or add.
// An item that cannot be read is left out; an answer of the wrong shape is the caller's `undefined`.
import { definedOf, isRecord, stringList } from "../../values.js";
import type { PluginMenu, Principal } from "../host.js";

export interface LoadedItem {
  readonly name: string;
  readonly base?: string;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  readonly menus: readonly PluginMenu[];
}

export interface InstalledItem {
  readonly name: string;
  readonly path?: string;
  readonly removable?: boolean;
  readonly source?: "built-in" | "uploaded";
}

export function readDiscovery(value: unknown): { readonly api: string; readonly version?: string } | undefined {
  if (!isRecord(value)) return undefined;
  const api = value.api;
  // Only a plain path on the same origin: anything else could carry the key elsewhere.
  if (typeof api !== "string" || !/^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+\/?$/.test(api)) return undefined;
  return { api: api.replace(/\/$/, ""), ...definedOf({ version: textAt(value, "version") }) };
}

export function readLoaded(value: unknown): readonly LoadedItem[] | undefined {
  return listOf(value, (item) => {
    const name = textAt(item, "name");
    if (name === undefined) return undefined;
    return {
      name,
      ...definedOf({ base: textAt(item, "base") }),
      dependencies: stringList(item.dependencies),
      optionalDependencies: stringList(item.optionalDependencies),
      menus: readMenus(item.menus, 0),
    };
  });
}

export function readInstalled(value: unknown): readonly InstalledItem[] | undefined {
  return listOf(value, (item) => {
    const name = textAt(item, "name");
    if (name === undefined) return undefined;
    const removable = typeof item.removable === "boolean" ? item.removable : undefined;
    const source = (["built-in", "uploaded"] as const).find((known) => known === item.source);
    return { name, ...definedOf({ path: textAt(item, "path"), removable, source }) };
  });
}

export function readScanned(value: unknown): readonly { name: string; version?: string }[] | undefined {
  if (!isRecord(value)) return undefined;
  return listOf(value.plugins, readNamed);
}

export function readUploaded(value: unknown): { name: string; version?: string; at?: string } | undefined {
  const data = isRecord(value) && isRecord(value.data) ? value.data.plugin : undefined;
  if (!isRecord(data)) return undefined;
  const named = readNamed(data);
  return named === undefined ? undefined : { ...named, ...definedOf({ at: textAt(data, "installedAt") }) };
}

export function readPrincipal(value: unknown): Principal | undefined {
  const principal = isRecord(value) ? value.principal : undefined;
  if (!isRecord(principal)) return undefined;
  return {
    name: textAt(principal, "name") ?? "",
    ...definedOf({ role: textAt(principal, "role") }),
    permissions: stringList(principal.permissions),
    namespaces: Array.isArray(principal.namespaces) ? stringList(principal.namespaces) : ["*"],
  };
}

function readNamed(item: Readonly<Record<string, unknown>>): { name: string; version?: string } | undefined {
  const name = textAt(item, "name");
  const version = item.version;
  // An unquoted `version: 1.0` comes back as the number 1.
  const text = typeof version === "number" ? String(version) : textAt(item, "version");
  return name === undefined ? undefined : { name, ...definedOf({ version: text }) };
}

export function readMenus(value: unknown, depth = 0): readonly PluginMenu[] {
  if (depth > 8) return [];
  const menus = listOf(value, (item) => {
    const title = textAt(item, "title");
    if (title === undefined) return undefined;
    const texts = definedOf({ icon: textAt(item, "icon"), path: textAt(item, "path") });
    return { title, ...texts, items: readMenus(item.items, depth + 1) };
  });
  return menus ?? [];
}

function listOf<T>(
  value: unknown,
  read: (item: Readonly<Record<string, unknown>>) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item: unknown) => {
    const made = isRecord(item) ? read(item) : undefined;
    return made === undefined ? [] : [made];
  });
}

function textAt(record: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = record[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
