// One conversation with a Buntime host: credentials on every request, the API found by discovery, its generation by what it answers.
// Made anew for each operation, so that nothing about a host is remembered longer than it is true.
import { parsedJson } from "../../parsedJson.js";
import { hostFetch } from "../../transports/hostFetch.js";
import { type Http, httpTo } from "../../transports/http.js";
import type { HostConfig, HostIo, HostTimeouts, Principal } from "../host.js";
import { HostError } from "../hostError.js";
import { tokenOf } from "../token.js";
import { type Asked, explain, jsonOf } from "./explain.js";
import { type InstalledItem, readDiscovery, readInstalled, readPrincipal } from "./wire.js";

/** seed: v0.2.15 to v0.2.23; zo: v0.2.26; dj: v0.4 and newer. */
export type Generation = "seed" | "zo" | "dj";

export interface Connection {
  readonly config: HostConfig;
  /** Its name in quotes, as messages call it. */
  readonly host: string;
  readonly api: string;
  readonly version?: string;
  readonly timeouts: HostTimeouts;
  get(step: string, path: string, signal: AbortSignal): Promise<unknown>;
  post(
    step: string,
    path: string,
    body: FormData | undefined,
    timeout: number,
    signal: AbortSignal,
    plugin?: string,
  ): Promise<unknown>;
  /** A file's content; undefined when there is none at that path. */
  file(step: string, path: string, signal: AbortSignal): Promise<Uint8Array | undefined>;
  delete(step: string, path: string, signal: AbortSignal, plugin?: string): Promise<unknown>;
  /** The status alone, for probes; the body as JSON where it is JSON. */
  probe(step: string, path: string, signal: AbortSignal): Promise<{ readonly status: number; readonly value: unknown }>;
}

export interface Capabilities {
  readonly generation: Generation;
  readonly features: { readonly upload: boolean; readonly enable: boolean; readonly files: boolean };
  /** What a removal names: the manifest's name, or the folder the host lists. */
  readonly removeKey: "name" | "folder";
  readonly principal?: Principal;
}

const defaults: HostTimeouts = { answer: 15_000, upload: 300_000, reload: 60_000 };

export async function open(config: HostConfig, io: HostIo, step: string, signal: AbortSignal): Promise<Connection> {
  const base = URL.parse(config.url ?? "");
  if (base === null || config.url === undefined) throw noUrl(config, step);
  const token = await tokenOf(io, config, step);
  const credentials = token === undefined ? {} : { "X-API-Key": token, Authorization: `Bearer ${token}` };
  const host = `"${config.name}"`;
  const own = hostFetch(config, io, step);
  const http = httpTo({
    origin: base.origin,
    host,
    ...own,
    headers: { ...own.headers, Accept: "application/json", Origin: base.origin, ...credentials },
    ...(token === undefined ? {} : { secret: token }),
  });
  const timeouts = { ...defaults, ...io.timeouts };
  const root = config.url.replace(/\/+$/, "");
  const asked = (name: string, plugin?: string): Asked => ({
    step: name,
    host,
    address: base.host,
    hasToken: token !== undefined,
    ...(plugin === undefined ? {} : { plugin }),
  });
  const found = await discover(http, root, timeouts.answer, asked(step), signal);
  const url = (path: string) => `${root}${found.api}${path}`;
  return {
    config,
    host,
    timeouts,
    ...found,
    get: async (name, path, stop) => {
      const request = { step: name, method: "GET", url: url(path), timeout: timeouts.answer, signal: stop } as const;
      return jsonOf(await http(request), asked(name));
    },
    post: async (name, path, body, timeout, stop, plugin) => {
      const request = { step: name, method: "POST", url: url(path), timeout, signal: stop } as const;
      return jsonOf(await http(body === undefined ? request : { ...request, body }), asked(name, plugin));
    },
    file: async (name, path, stop) => {
      const request = { step: name, method: "GET", url: url(path), timeout: timeouts.answer, signal: stop } as const;
      const answer = await http(request);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw explain(answer, asked(name));
      return answer.bytes;
    },
    delete: async (name, path, stop, plugin) => {
      const request = { step: name, method: "DELETE", url: url(path), timeout: timeouts.answer, signal: stop } as const;
      return jsonOf(await http(request), asked(name, plugin));
    },
    probe: async (name, path, stop) => {
      const answer = await http({ step: name, method: "GET", url: url(path), timeout: timeouts.answer, signal: stop });
      return { status: answer.status, value: parsedJson(answer.text) };
    },
  };
}

/** Which Buntime this is, by capability: the version number alone does not tell the oldest two apart. */
export async function capabilitiesOf(
  connection: Connection,
  installed: readonly InstalledItem[],
  step: string,
  signal: AbortSignal,
): Promise<Capabilities> {
  const session = await connection.probe(step, "/admin/session", signal);
  const newest = session.status !== 404 || installed.some((item) => item.removable !== undefined);
  if (newest) {
    const principal = session.status === 200 ? readPrincipal(session.value) : undefined;
    const features = { upload: true, enable: true, files: true };
    return { generation: "dj", features, removeKey: "name", ...(principal === undefined ? {} : { principal }) };
  }
  const keys = await connection.probe(step, "/keys/meta", signal);
  const generation = keys.status === 404 ? "seed" : "zo";
  return {
    generation,
    features: { upload: generation === "zo", enable: false, files: false },
    removeKey: "folder",
  };
}

/** The installed list; unlike `loaded` it proves that the key is accepted. */
export async function installedOn(
  connection: Connection,
  step: string,
  signal: AbortSignal,
): Promise<readonly InstalledItem[]> {
  const items = readInstalled(await connection.get(step, "/plugins", signal));
  if (items === undefined) throw oddAnswer(connection, step, "its plugin list is not a list");
  return items;
}

export function oddAnswer(connection: Connection, step: string, what: string): HostError {
  return new HostError({
    kind: "refused",
    step,
    answerLost: true,
    message: `${connection.host} answers, but ${what}`,
    next: "check that the host's url is Buntime's and that no proxy rewrites its answers",
  });
}

async function discover(
  http: Http,
  root: string,
  timeout: number,
  asked: Asked,
  signal: AbortSignal,
): Promise<{ readonly api: string; readonly version?: string }> {
  const get = (path: string) => http({ step: asked.step, method: "GET", url: `${root}${path}`, timeout, signal });
  const answer = await get("/.well-known/buntime");
  if (answer.status !== 404) {
    const found = readDiscovery(jsonOf(answer, asked));
    if (found !== undefined) return found;
    throw new HostError({
      kind: "refused",
      step: asked.step,
      message: `${asked.host} describes itself at /.well-known/buntime without a usable address of its API`,
      next: "check that the host's url is Buntime's",
    });
  }
  for (const api of ["/_/api", "/api"]) {
    const health = await get(`${api}/health`);
    const value = parsedJson(health.text);
    if (health.status === 200 && typeof value === "object" && value !== null && Reflect.get(value, "ok") === true) {
      const version: unknown = Reflect.get(value, "version");
      return { api, ...(typeof version === "string" ? { version } : {}) };
    }
    if (health.status >= 500) throw explain(health, asked);
  }
  throw new HostError({
    kind: "missing",
    step: asked.step,
    status: 404,
    message: `no Buntime answers at ${asked.address}: neither /.well-known/buntime nor its API is there`,
    next: "correct the host's url; it is the address of the site, without /_/api",
  });
}

function noUrl(config: HostConfig, step: string): HostError {
  return new HostError({
    kind: "unsupported",
    step,
    message: `the host "${config.name}" has no url`,
    next: "add the address of its Buntime to the host's settings",
  });
}
