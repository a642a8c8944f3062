// What a host has, read from all that can be read of it: the running service, its folders, its configuration. Each part is
// undefined where the row does not say where it is; unknown is never told as absent.
import { jsonObject } from "../../parsedJson.js";
import type { PluginSummary } from "../host.js";
import type { Listed } from "./listing.js";
import { readyEverywhere } from "./logs.js";
import type { Folder } from "./places.js";
import { type PluginsFile, readPlugins } from "./pluginsFile.js";
import type { Answered } from "./service.js";
import type { Site } from "./site.js";
import { reasonFor } from "./why.js";

export interface State {
  readonly site: Site;
  readonly answered?: Answered;
  readonly folders?: readonly Folder[];
  readonly plugins?: PluginsFile;
  /** Identifiers that every replica's log calls ready, where no list can be asked. */
  readonly ready?: readonly string[];
}

export async function stateOf(site: Site, step: string, signal: AbortSignal): Promise<State> {
  const [answered, folders, plugins, ready] = await Promise.all([
    site.service?.list(step, signal),
    site.place?.folders(signal),
    site.pluginsFile === undefined ? undefined : readPlugins(site.pluginsFile, step),
    site.service === undefined && site.cluster !== undefined ? readyEverywhere(site.cluster, signal) : undefined,
  ]);
  return {
    site,
    ...(answered && { answered }),
    ...(folders && { folders }),
    ...(plugins && { plugins }),
    ...(ready && { ready }),
  };
}

/** What runs joined with what lies there and what is configured. */
export async function summaries(state: State, signal: AbortSignal): Promise<readonly PluginSummary[]> {
  const listed = state.answered?.listed ?? [];
  const running = listed.map((one, at) => runningPlugin(one, listed.slice(0, at), state));
  const known = new Set(listed.map(({ identifier }) => identifier));
  const configured = [...(state.plugins?.entries.keys() ?? [])];
  const there = (state.folders ?? []).map(({ identifier }) => identifier);
  const idle = [...new Set([...there, ...configured, ...(state.ready ?? [])])]
    .filter((identifier) => !known.has(identifier))
    .map((identifier) => idlePlugin(identifier, state, signal));
  return [...running, ...(await Promise.all(idle))];
}

const nothing = { routes: [], menus: [], dependencies: [], optionalDependencies: [] } as const;

function runningPlugin(one: Listed, before: readonly Listed[], state: State): PluginSummary {
  const { identifier, name = identifier, version } = one;
  const folder = state.folders?.find((other) => other.identifier === identifier);
  const gone = goneWords(one, folder, state);
  const note = gone ?? runningNote(one, before, state.answered?.broken);
  return {
    ...nothing,
    name,
    state: gone === undefined ? "loaded" : "lingering",
    ...(version === undefined ? {} : { version }),
    removeKey: identifier,
    removable: state.plugins !== undefined || state.site.place !== undefined,
    ...(folder === undefined ? {} : { path: folder.at }),
    ...(note === undefined ? {} : { note }),
  };
}

function goneWords({ identifier, repository }: Listed, folder: Folder | undefined, { folders, plugins }: State) {
  if (plugins !== undefined && !plugins.entries.has(identifier))
    return "its entry is no longer in PLUGINS; it runs until the service is restarted";
  const hadFolder = folders !== undefined && repository === undefined;
  return hadFolder && folder === undefined
    ? "its folder is gone; the service fails to serve it until a restart"
    : undefined;
}

function runningNote({ name, slot, identifier }: Listed, before: readonly Listed[], broken: string | undefined) {
  if (broken !== undefined) return broken;
  if (name === undefined) return "its name is no text: no route reaches it and the page never shows it";
  const first = before.find((other) => other.name === name);
  if (first !== undefined)
    return `"${first.identifier}" has the same name and stands before it; only the first is served and shown`;
  const slots = ["task-details", "run-header", "header", "top-nav"];
  if (slot === undefined || !slots.includes(slot))
    return `${slot === undefined ? "it has no slot" : `"${slot}" is no slot of the page`}; it is listed and never shown`;
  return identifier === "" ? "it has no identifier" : undefined;
}

async function idlePlugin(identifier: string, state: State, signal: AbortSignal): Promise<PluginSummary> {
  const folder = state.folders?.find((one) => one.identifier === identifier);
  const text = await state.site.place?.read(identifier, "manifest.json", signal).catch(() => undefined);
  const { name, version } = namesIn(text);
  const facts = {
    ...nothing,
    name: name ?? identifier,
    ...(version === undefined ? {} : { version }),
    removeKey: identifier,
    removable: true,
    ...(folder === undefined ? {} : { path: folder.at }),
  };
  if (state.ready?.includes(identifier) === true)
    return { ...facts, state: "loaded", note: "by the log of its pods; the host has no url to ask" };
  const { code, reason, next } = await reasonFor(identifier, state, signal);
  const message = `${reason}; ${next}`;
  // What has no entry is not even tried.
  const isTried = (state.answered ?? state.ready) !== undefined && state.plugins?.entries.has(identifier) === true;
  return {
    ...facts,
    state: isTried ? "failed" : "installed",
    note: message,
    ...(isTried ? { reason: { code, message } } : {}),
  };
}

function namesIn(text: string | undefined): { readonly name?: string; readonly version?: string } {
  const value = jsonObject(text ?? "");
  const read = (key: string) => {
    const found = value?.[key];
    return typeof found === "string" && found !== "" ? { [key]: found } : {};
  };
  return { ...read("name"), ...read("version") };
}
