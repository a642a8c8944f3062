// The messages between the Metaflow page (1.3) and its plugins, and how the page reads what a plugin posts: by `type` and
// `name`, with a check of few fields, and in silence where one is wrong. Here the silence gets words.

import { shownData } from "./shown.js";

export type FromPlugin =
  | { readonly type: "PluginRegisterEvent"; readonly name: string; readonly version: { readonly api: string } }
  | { readonly type: "PluginHeightCheck"; readonly name: string; readonly height: number }
  | { readonly type: "PluginSubscribeToData"; readonly name: string; readonly paths: readonly string[] }
  | { readonly type: "PluginSubscribeToEvent"; readonly name: string; readonly events: readonly string[] }
  | { readonly type: "PluginCallEvent"; readonly name: string; readonly event: string; readonly data?: unknown }
  | { readonly type: "PluginRemoveRequest"; readonly name: string };

export type ToPlugin =
  | {
      readonly type: "ReadyToRender";
      readonly config: unknown;
      readonly resource: Resource;
      readonly settings: unknown;
    }
  | { readonly type: "DataUpdate"; readonly path: string; readonly data: Fields }
  | { readonly type: "EventUpdate"; readonly event: string; readonly data?: unknown };

export type Fields = Readonly<Record<string, unknown>>;

/** The words of the page's address. */
export interface Resource {
  readonly flow_id?: string;
  readonly run_number?: string;
  readonly step_name?: string;
  readonly task_id?: string;
}

export type Reading =
  | { readonly is: "message"; readonly message: FromPlugin }
  /** Of the protocol, but the page drops it. */
  | { readonly is: "dropped"; readonly type: string; readonly name: unknown; readonly why: string }
  /** Something else. */
  | { readonly is: "foreign" };

export function readMessage(data: unknown): Reading {
  if (!isFields(data) || typeof data.type !== "string") return { is: "foreign" };
  const { type, name } = data;
  if (!TYPES.includes(type)) return { is: "foreign" };
  const drop = (why: string): Reading => ({ is: "dropped", type, name, why });
  if (typeof name !== "string")
    return drop(`the field "name" has to be the plugin's name, and is ${shown(name)}; no plugin is called so`);
  switch (type) {
    case "PluginRegisterEvent": {
      const api = isFields(data.version) ? data.version.api : undefined;
      if (typeof api !== "string")
        return drop('the field "version" has to be an object with a text "api", such as {"api": "1.2.0"}');
      return { is: "message", message: { type, name, version: { api } } };
    }
    case "PluginHeightCheck":
      if (typeof data.height !== "number") return drop(`"height" has to be a number, and is ${shown(data.height)}`);
      return { is: "message", message: { type, name, height: data.height } };
    case "PluginSubscribeToData": {
      const paths = texts(data.paths);
      return paths === undefined
        ? drop('"paths" is absent or empty')
        : { is: "message", message: { type, name, paths } };
    }
    case "PluginSubscribeToEvent": {
      const events = texts(data.events);
      return events === undefined
        ? drop('"events" is absent or empty')
        : { is: "message", message: { type, name, events } };
    }
    case "PluginCallEvent":
      if (typeof data.event !== "string" || data.event === "") return drop('"event" is absent or empty');
      return {
        is: "message",
        message: { type, name, event: data.event, ...("data" in data ? { data: data.data } : {}) },
      };
    default:
      return { is: "message", message: { type: "PluginRemoveRequest", name } };
  }
}

const TYPES = [
  "PluginRegisterEvent",
  "PluginHeightCheck",
  "PluginSubscribeToData",
  "PluginSubscribeToEvent",
  "PluginCallEvent",
  "PluginRemoveRequest",
];

/** A list, or one text; anything falsy is nothing. */
function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return value === "" ? undefined : [value];
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? "absent" : shownData(value, { most: 100 }).replace(/\s+/g, " ");
}
