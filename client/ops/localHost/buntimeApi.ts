// Buntime's management API (form of v0.5.4, prefix `/_`) over the store: same paths, bodies, statuses and quirks.
// Where the genuine host would harm itself, on names that wipe its plugins directory, this one refuses and says so.
import { buntime } from "../../../server/service/index.js";
import { stringList } from "../values.js";
import { type Answer, type Asked, failure, json, text } from "./answer.js";
import { download, listFiles } from "./files.js";
import { gate } from "./gate.js";
import { type Loading, load } from "./load.js";
import { metadataOf } from "./metadata.js";
import type { Store } from "./store.js";
import { unpack } from "./unpack.js";

const api = "/_/api";
const version = "1.4.0";

export interface Buntime {
  /** Undefined when the path is not the management API's. */
  answer(asked: Asked): Promise<Answer | undefined>;
  readonly loaded: () => Loading["loaded"];
}

export async function buntimeOver(
  store: Store,
  apiKey: string | undefined,
  log: (line: string) => void,
): Promise<Buntime> {
  const state: { now: Loading } = { now: { scanned: [], loaded: [] } };
  const reload = async (): Promise<Answer> => {
    // Everything is unloaded first: a reload that fails leaves nothing loaded.
    state.now = { scanned: [], loaded: [] };
    try {
      state.now = await load(await store.installed(), "/_", log);
      return json(200, { ok: true, plugins: state.now.scanned });
    } catch (error) {
      log(`ERR [PluginLoader] reload failed: ${String(error)}`);
      return failure(500, "INTERNAL_SERVER_ERROR", error instanceof Error ? error.message : "reload failed");
    }
  };
  const alone = oneByOne();
  await reload();
  return {
    loaded: () => state.now.loaded,
    answer: async (asked) => {
      const { pathname } = asked.url;
      if (pathname === "/.well-known/buntime") return json(200, { api, version });
      if (pathname !== api && !pathname.startsWith(`${api}/`)) return undefined;
      const refused = gate(asked, pathname.slice(api.length), apiKey);
      return refused ?? route(asked, pathname.slice(api.length), { store, reload, alone, loading: () => state.now });
    },
  };
}

interface Parts {
  readonly store: Store;
  readonly reload: () => Promise<Answer>;
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly loading: () => Loading;
}

async function route(asked: Asked, at: string, parts: Parts): Promise<Answer> {
  const key = `${asked.method} ${at}`;
  const health = /^GET \/health(?:\/(ready|live))?$/.exec(key);
  if (health !== null) return json(200, { ok: true, status: health[1] ?? "healthy", version });
  if (key === "GET /plugins") return json(200, await installedList(parts.store));
  if (key === "GET /plugins/loaded") return json(200, parts.loading().loaded.map(loadedItem));
  if (key === "GET /admin/session") return json(200, { authenticated: true, principal });
  if (key === "POST /plugins/reload") return parts.alone(parts.reload);
  if (key === "POST /plugins/upload") return parts.alone(() => takeUpload(asked, parts.store));
  if (key === "GET /plugins/files/list") return listFiles(parts.store.plugins, asked.url.searchParams.get("path"));
  if (key === "GET /plugins/files/download") return download(parts.store.plugins, asked.url.searchParams.get("path"));
  const named = /^\/plugins\/([^/]+)(?:\/(enable|disable))?$/.exec(at);
  if (named?.[1] === undefined) return unknown;
  const name = decoded(named[1]);
  if (name === undefined) return failure(500, "INTERNAL_SERVER_ERROR", "URI malformed");
  if (asked.method === "DELETE" && named[2] === undefined) return parts.alone(() => removePlugin(parts.store, name));
  if (asked.method === "POST" && named[2] !== undefined)
    return parts.alone(() => switchPlugin(parts, name, named[2] === "enable"));
  return unknown;
}

const unknown: Answer = text(404, "Not Found", "application/octet-stream");

const principal = {
  id: "root",
  isRoot: true,
  keyPrefix: "root",
  name: "root",
  namespaces: ["*"],
  permissions: ["plugins:read", "plugins:install", "plugins:remove"],
  role: "admin",
};

async function installedList(store: Store): Promise<readonly unknown[]> {
  const folders = await store.installed();
  return folders.flatMap((folder) =>
    folder.name === undefined
      ? []
      : [{ name: folder.name, path: folder.directory, removable: true, source: "uploaded" }],
  );
}

function loadedItem(plugin: Loading["loaded"][number]): unknown {
  const { manifest } = plugin;
  const { menus } = manifest.values;
  return {
    ...(manifest.base === undefined ? {} : { base: manifest.base }),
    dependencies: stringList(manifest.values.dependencies),
    menus: Array.isArray(menus) ? menus : [],
    name: plugin.name,
    optionalDependencies: stringList(manifest.values.optionalDependencies),
  };
}

async function takeUpload(asked: Asked, store: Store): Promise<Answer> {
  const file = await uploadedFile(asked);
  if ("status" in file) return file;
  if (!/\.(tgz|tar\.gz|zip)$/.test(file.name))
    return failure(400, "INVALID_FILE_TYPE", "File must be .tgz, .tar.gz, or .zip");
  if (file.bytes.byteLength === 0)
    return failure(500, "INTERNAL_SERVER_ERROR", "undefined is not an object (evaluating 'filename.endsWith')");
  try {
    const members = await unpack(file.name, file.bytes);
    const metadata = metadataOf(members);
    if (!metadata.ok) return failure(500, "INTERNAL_SERVER_ERROR", metadata.message);
    const { name, version: sent } = metadata;
    const harm = buntime.removalHarm(name);
    if (harm !== undefined)
      return failure(
        400,
        "PATH_TRAVERSAL",
        `Invalid package name: "${name}" ${harm} (a genuine host may not refuse it)`,
      );
    const installedAt = await store.install(name, members);
    return json(200, { data: { plugin: { installedAt, name, version: sent } }, success: true });
  } catch (error) {
    return failure(
      500,
      "INTERNAL_SERVER_ERROR",
      error instanceof Error ? error.message : "An unexpected error occurred",
    );
  }
}

async function uploadedFile(asked: Asked): Promise<Answer | { readonly name: string; readonly bytes: Buffer }> {
  const type = asked.header("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type))
    return failure(400, "INVALID_MULTIPART_FORM", "Expected multipart/form-data upload");
  const body = await asked.body();
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const part = form.get("file");
    if (part === null || typeof part === "string") return failure(400, "NO_FILE_PROVIDED", "No file provided");
    return { name: part.name, bytes: Buffer.from(await part.arrayBuffer()) };
  } catch {
    return failure(400, "INVALID_MULTIPART_FORM", "Invalid multipart form data");
  }
}

async function removePlugin(store: Store, name: string): Promise<Answer> {
  const folder = (await store.installed()).find((item) => item.name === name || item.folder === name);
  if (folder === undefined) return failure(404, "PLUGIN_NOT_FOUND", `Plugin files not found: ${name}`);
  await store.remove(folder);
  return json(200, { success: true });
}

async function switchPlugin(parts: Parts, name: string, enabled: boolean): Promise<Answer> {
  const folder = (await parts.store.installed()).find((item) => item.name === name || item.folder === name);
  if (folder === undefined) return failure(404, "PLUGIN_NOT_FOUND", `Plugin not found: ${name}`);
  await parts.store.setEnabled(folder, enabled);
  const reloaded = await parts.reload();
  return reloaded.status === 200 ? json(200, { data: { enabled, name }, success: true }) : reloaded;
}

/** Changes of the directory wait for each other; readers don't. */
function oneByOne(): Parts["alone"] {
  const queue: { last: Promise<unknown> } = { last: Promise.resolve() };
  return (work) => {
    const run = queue.last.then(work, work);
    queue.last = run.catch(() => undefined);
    return run;
  };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
