// What the browser gets from the emulated Metaflow UI service: the list, the plugins' files by the service's rules, and sample
// answers for `/flows/…`, all below `/api`. Pages and style sheets are changed on the way, since the preview has to stand below a
// path of its own: addresses and requests of `/api/…` are led there.
import { realpath } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Answer, type Asked, json, text, typeOf } from "../localHost/answer.js";
import type { MayRead } from "../localHost/metaflowFile.js";
import {
  decodedOnce,
  type Entry,
  isRefused,
  type ListedPlugin,
  loadPlugin,
  open,
  routeOf,
  type Served,
} from "../localHost/metaflowPlugin.js";
import { applicationStyles } from "./metaflowStyles.js";
import { atHead, ledBelow, redirection } from "./redirection.js";
import { type PreviewServer, type Requested, startPreviewServer } from "./server.js";

export interface PreviewedPlugin {
  readonly identifier: string;
  /** Path of the plugin's folder. */
  readonly folder: string;
  readonly entry: Entry;
  /** Newer text of its manifest than the file's. */
  readonly manifest?: string;
}

/** A plugin as the service lists it, or why it doesn't. */
export type LoadedForPreview =
  | { readonly folder: string; readonly listed: ListedPlugin }
  | { readonly folder: string; readonly identifier: string; readonly refused: string };

export interface MetaflowService {
  readonly server: PreviewServer;
  /** Starts the service anew with these plugins, and answers what it would list. */
  load(plugins: readonly PreviewedPlugin[]): Promise<readonly LoadedForPreview[]>;
  /** What an address of the page answers, without a request: the status. */
  statusOf(path: string): Promise<number>;
  stop(): Promise<void>;
}

export interface MetaflowServiceOptions {
  /** What `/flows/…` answers: the data of the service's envelope, undefined where there is none. */
  readonly sample: (path: string) => unknown;
  /** Path under which a browser finds the server's root: "" on this machine, `/proxy/1234` behind an editor in a browser. */
  readonly publicPath: () => string;
  readonly publicHost?: () => string;
  readonly seen: (request: Requested) => void;
  /** Whether a link out of a plugin's folder may be followed to this file; none is unless told. */
  readonly isShared?: (file: string) => boolean;
}

export async function startMetaflowService(options: MetaflowServiceOptions): Promise<MetaflowService> {
  const state: { served: readonly Served[] } = { served: [] };
  const answer = (asked: Asked) => answerTo(asked, state.served, `${options.publicPath()}${server.prefix}`, options);
  const server = await startPreviewServer({ ...options, answer });
  return {
    server,
    load: async (plugins) => {
      const loaded = await Promise.all(
        plugins.map(async ({ folder, identifier, entry, manifest }) => {
          const one = await loadPlugin(folder, identifier, entry, manifest);
          return { folder, identifier, one };
        }),
      );
      const spoiler = loaded.find(({ one }) => isRefused(one) && one.spoilsTheList === true);
      state.served = loaded.flatMap(({ one }) => (isRefused(one) || spoiler !== undefined ? [] : [one]));
      return loaded.map(({ folder, identifier, one }) => {
        if (isRefused(one)) return { folder, identifier, refused: one.refused };
        if (spoiler === undefined) return { folder, listed: one.entry };
        return {
          folder,
          identifier,
          refused: `the list is no JSON because of "${spoiler.identifier}", so no plugin is shown`,
        };
      });
    },
    statusOf: async (path) => {
      const url = URL.parse(path, server.origin);
      if (url === null) return 404;
      const asked = { method: "GET", url: service(url), header: () => undefined };
      return (await routeOf(state.served, asked, reading(options.isShared)))?.status ?? 404;
    },
    stop: server.stop,
  };
}

async function answerTo(
  { method, url, header }: Asked,
  served: readonly Served[],
  publicRoot: string,
  { sample, isShared }: MetaflowServiceOptions,
): Promise<Answer> {
  const below = service(url);
  const path = below.pathname;
  const isChanged = /^text\/(html|css)/.test(typeOf(path));
  // What is changed on the way is sent whole, each time.
  const heard = (name: string) => (isChanged && /^(range|if-)/.test(name) ? undefined : header(name));
  const found = await routeOf(served, { method, url: below, header: heard }, reading(isShared));
  if (found?.status === 200 && isChanged && path.split("/").length > 3) return placed(found, path, served, publicRoot);
  // A browser would keep files for a while, as it does of the host; here each saved change is to be seen.
  if (found !== undefined) return { ...found, headers: { ...found.headers, "Cache-Control": "no-cache" } };
  if (method !== "GET") return { ...text(405, "405: Method Not Allowed"), headers: { Allow: "GET" } };
  const data = sample(decodedOnce(path));
  if (data === undefined)
    return open(json(404, { status: 404, title: "not found", detail: "no sample for this path" }));
  const links = { self: `${publicRoot}${url.pathname}${url.search}` };
  return open(json(200, { data, status: 200, links, query: Object.fromEntries(url.searchParams) }));
}

/** The files of the plugin's own folder, and links from it to what may be shared. */
function reading(isShared: (file: string) => boolean = () => false): MayRead {
  return async (real, asked) => real.startsWith((await realpath(dirname(asked))) + sep) || isShared(real);
}

/** The address as the service itself sees it, behind the `/api` of a proxy. */
function service(url: URL): URL {
  const below = new URL(url);
  below.pathname = url.pathname.replace(/^\/api(?=\/)/, "");
  return below;
}

const words = ["api", "plugin"];

/** The style sheet is the page's: it puts it in where it reaches the frame's document, which `allow-same-origin` lets it. */
function placed(
  { body, type, headers, ...answer }: Answer,
  path: string,
  served: readonly Served[],
  root: string,
): Answer {
  const bytes = Buffer.from(body);
  const source = (headers?.["Content-Encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
  const given = { ...answer, ...(type !== undefined && { type }), headers: { "Cache-Control": "no-cache" } };
  if (type !== "text/html") return { ...given, body: ledBelow(root, source, words) };
  const name = decodedOnce(path.split("/")[2] ?? "");
  const plugin = served.find(({ entry }) => entry.name === name)?.entry;
  const styles = plugin !== undefined && getsStyles(plugin) ? `<style>${applicationStyles}</style>` : "";
  return { ...given, body: atHead(ledBelow(root, source, words), redirection(root, source, words) + styles) };
}

function getsStyles({ parameters, config }: ListedPlugin): boolean {
  const { useApplicationStyles = true } = config;
  return (
    Boolean(useApplicationStyles) && /(?<![^\t\n\f\r ])allow-same-origin(?![^\t\n\f\r ])/i.test(sandboxOf(parameters))
  );
}

/** The text of `parameters.sandbox`. */
export function sandboxOf(parameters: unknown): string {
  const text = typeof parameters === "object" && parameters !== null ? Reflect.get(parameters, "sandbox") : undefined;
  return typeof text === "string" ? text : "";
}
