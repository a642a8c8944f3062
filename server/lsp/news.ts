// What a client told of hosts and of git remotes, as far as it has the shape that rules go by; any other part of it is left out,
// since no problem may come of it.

import type { HostPlugin, HostSnapshot, RemoteRefs } from "../service/index.js";

export const hostsIn = (params: unknown): readonly HostSnapshot[] => each(params, "hosts", hostOf);

export const remotesIn = (params: unknown): readonly RemoteRefs[] => each(params, "remotes", remoteOf);

function hostOf(given: Given): HostSnapshot | undefined {
  const [name, system, at] = [textIn(given, "name"), textIn(given, "system"), timeIn(given)];
  if (name === undefined || system === undefined || at === undefined || !Array.isArray(given.plugins)) return undefined;
  return { name, system, at, plugins: each(given, "plugins", pluginOf) };
}

function pluginOf(given: Given): HostPlugin | undefined {
  const [name, base, version] = [textIn(given, "name"), textIn(given, "base"), textIn(given, "version")];
  if (name === undefined) return undefined;
  const icons = textsIn(given, "icons");
  return {
    name,
    state: textIn(given, "state") ?? "unknown",
    ...(base !== undefined && { base }),
    ...(version !== undefined && { version }),
    ...(given.builtIn === true && { builtIn: true }),
    ...(icons && { icons }),
  };
}

function remoteOf(given: Given): RemoteRefs | undefined {
  const [repository, head, at] = [textIn(given, "repository"), textIn(given, "head"), timeIn(given)];
  if (repository === undefined || at === undefined) return undefined;
  const [branches, tags] = [textsIn(given, "branches"), textsIn(given, "tags")];
  if (!branches || !tags) return undefined;
  return { repository, at, branches, tags, ...(head !== undefined && { head }) };
}

type Given = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): value is Given => typeof value === "object" && value !== null;

function each<Item>(params: unknown, key: string, read: (given: Given) => Item | undefined): Item[] {
  const list = isGiven(params) ? params[key] : undefined;
  return (Array.isArray(list) ? list : []).flatMap((one: unknown) => (isGiven(one) ? (read(one) ?? []) : []));
}

function textIn(given: Given, key: string): string | undefined {
  const value = given[key];
  return typeof value === "string" ? value : undefined;
}

function textsIn(given: Given, key: string): string[] | undefined {
  const value = given[key];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : undefined;
}

/** Another clock may be ahead of this one, and no news comes from the future. */
function timeIn({ at }: Given): number | undefined {
  return typeof at === "number" && Number.isFinite(at) ? Math.min(at, Date.now()) : undefined;
}
