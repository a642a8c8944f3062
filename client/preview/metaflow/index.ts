// The Metaflow preview: plugins of the workspace on an emulated page. The service runs in this process, the page in a web view,
// the plugins in sandboxed frames of it.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Disposable, RelativePattern, Uri, workspace } from "vscode";
import type { PreviewEntry } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { type LoadedForPreview, type PreviewedPlugin, sandboxOf, startMetaflowService } from "../../ops/index.js";
import { settled } from "../../settled.js";
import { isInBrowser, openPanel, publicAddress } from "../panel/panel.js";
import type { OpenPreview, PreviewRow, Subject } from "../preview.js";
import { whySilent } from "./explain.js";
import type { FromView, PluginChoice, ToView } from "./messages.js";
import { viewOf } from "./page/address.js";
import { answerFor } from "./page/answers.js";
import { createSampleStore } from "./samples.js";
import { heldBack } from "./sandbox.js";

export const metaflowPreview: PreviewRow = {
  system: "metaflow",
  title: "the plugin on an emulated Metaflow page",
  needsTrust: true,
  open,
};

/** Every plugin of the workspace with the entry that loads it. */
interface Known {
  readonly entry: PreviewEntry;
  readonly title: string;
}

async function open(app: App, { manifest }: Subject): Promise<OpenPreview> {
  const asked = await app.language.preview(manifest);
  const shown = new Set((asked?.entries ?? []).map(({ folder }) => folder));
  const state: { known: readonly Known[]; loaded: readonly LoadedForPreview[]; publicPath: string } = {
    known: [],
    loaded: [],
    publicPath: "",
  };
  /** Paths that frames asked for since the last load. */
  const requests = new Set<string>();
  const send = (message: ToView) => panel.send(message);
  const root = workspace.getWorkspaceFolder(manifest)?.uri ?? Uri.joinPath(manifest, "..");
  const samples = createSampleStore(root, () =>
    send({ is: "sample", sample: samples.now(), samples: samples.state() }),
  );
  const service = await startMetaflowService({
    sample: (asked) => answerFor(samples.now(), asked),
    publicPath: () => state.publicPath,
    seen: ({ method, path: seen, status }) => {
      requests.add(plain(seen));
      send({ is: "requested", text: `${method} ${plain(seen)} ${status}`, failed: status >= 400 });
    },
  });
  const address = await publicAddress(service.server.origin);
  state.publicPath = address.path;
  const base = `${address.origin}${address.path}${service.server.prefix}/api`;

  const load = async () => {
    requests.clear();
    state.known = await knownPlugins(app, asked?.entries ?? []);
    const wanted = state.known.filter(({ entry }) => shown.has(entry.folder)).map(({ entry }) => previewed(entry));
    state.loaded = await service.load(wanted);
    const entries = state.loaded.flatMap((one) => ("listed" in one ? [one.listed] : []));
    const [first] = entries;
    send({
      is: "start",
      service: base,
      entries,
      plugins: state.known.map((known) => choiceOf(known, shown, state.loaded)),
      view: viewOf(first?.config.slot),
      sample: samples.now(),
      samples: samples.state(),
    });
  };
  const reload = () => {
    load().catch((error: unknown) => {
      app.log.error(error instanceof Error ? error : String(error));
      send({ is: "failed", text: "The preview could not be loaded; the log has the details." });
    });
  };
  const hear = async (message: FromView) => {
    if (message.is === "ready" || message.is === "reload") reload();
    if (message.is === "choose") {
      if (message.on) shown.add(message.folder);
      else shown.delete(message.folder);
      reload();
    }
    if (message.is === "sample") await samples.choose(message.name);
    if (message.is === "editSample") await samples.edit();
    if (message.is === "newSample") await samples.create();
    if (message.is === "silent") {
      const reasons = await reasonsFor(message, state.loaded, requests, (src) =>
        service.statusOf(src.slice(base.length)),
      );
      send({ is: "why", name: message.name, reasons });
    }
  };
  const name = asked?.entries?.length === 1 ? path.basename(asked.entries[0]?.folder ?? "") : "PLUGINS";
  const panel = openPanel({
    view: "metaflow",
    title: `Preview ${name}`,
    extension: app.extension,
    frames: [address.origin],
    hear: (message) => {
      if (isFromView(message)) void hear(message);
    },
  });
  const soon = settled(reload, 200);
  const watchers = [...new Set([...shown])].map((folder) => {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), "**"));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(soon.call);
    return watcher;
  });
  panel.keep(
    samples,
    soon,
    ...watchers,
    app.language.onPluginsChanged(soon.call),
    ...entriesChanging(() => state.known, soon.call),
    workspace.onDidSaveTextDocument(({ uri }) => {
      if ([...shown].some((folder) => uri.fsPath.startsWith(folder + path.sep))) soon.call();
    }),
    { dispose: () => void service.stop() },
  );
  await samples.refresh();
  return panel;
}

/** Of the files that hold entries: edits before they are saved, and changes on the disk. */
function entriesChanging(known: () => readonly Known[], changed: () => void): readonly Disposable[] {
  const hear = ({ fsPath }: Uri) => {
    if (known().some(({ entry }) => entry.from !== undefined && path.resolve(entry.from) === fsPath)) changed();
  };
  const watcher = workspace.createFileSystemWatcher("**/*", true, false, true);
  return [watcher, watcher.onDidChange(hear), workspace.onDidChangeTextDocument(({ document }) => hear(document.uri))];
}

/** The asked-for ones first; a folder that several entries load is shown once for each identifier. */
async function knownPlugins(app: App, asked: readonly PreviewEntry[]): Promise<readonly Known[]> {
  const manifests = app.board.plugins().filter(({ system }) => system === "metaflow");
  const reports = await Promise.all(manifests.map(({ manifest }) => app.language.preview(Uri.parse(manifest))));
  const found = reports.flatMap((report, at) =>
    (report?.entries ?? []).map((entry) => ({ entry, title: manifests[at]?.name ?? entry.identifier })),
  );
  const first = asked.map((entry) => ({ entry, title: titleOf(entry, found) }));
  const rest = found.filter(({ entry }) => !asked.some(({ folder }) => folder === entry.folder));
  const refreshed = first.map((one) => found.find(({ entry }) => sameEntry(entry, one.entry)) ?? one);
  return [...refreshed, ...rest];
}

function titleOf({ folder, identifier }: PreviewEntry, found: readonly Known[]): string {
  return found.find(({ entry }) => entry.folder === folder)?.title ?? identifier;
}

function sameEntry(a: PreviewEntry, b: PreviewEntry): boolean {
  return a.folder === b.folder && a.identifier === b.identifier && a.from === b.from;
}

function previewed({ identifier, folder, repository, ref, parameters }: PreviewEntry): PreviewedPlugin {
  return { identifier, folder, entry: { repository, ref, parameters } };
}

function choiceOf(
  { entry, title }: Known,
  shown: ReadonlySet<string>,
  loaded: readonly LoadedForPreview[],
): PluginChoice {
  const one = loaded.find(({ folder }) => folder === entry.folder);
  const listed = one !== undefined && "listed" in one ? one.listed : undefined;
  const from = entry.from === undefined ? "no PLUGINS entry; as an empty one" : `entry of ${path.basename(entry.from)}`;
  const held = heldBack(sandboxOf(entry.parameters), { isWeb: isInBrowser() });
  return {
    folder: entry.folder,
    title: listed === undefined ? title : String(listed.name),
    detail: `${entry.identifier} · ${from}`,
    isShown: shown.has(entry.folder),
    ...(one !== undefined && "refused" in one && { refused: one.refused }),
    notes: held.map(({ word, why }) => `sandbox word "${word}": ${why}`),
  };
}

async function reasonsFor(
  { name, src, hasSpoken }: Extract<FromView, { readonly is: "silent" }>,
  loaded: readonly LoadedForPreview[],
  requests: ReadonlySet<string>,
  statusOf: (src: string) => Promise<number>,
): Promise<readonly string[]> {
  const one = loaded.find((other) => "listed" in other && String(other.listed.name) === name);
  if (one === undefined || !("listed" in one)) return ["the service doesn't list it"];
  const { config, files } = one.listed;
  const entrypoint = String(config.entrypoint);
  const file = path.join(one.folder, entrypoint.replace(/[?#].*/, ""));
  const html = await readFile(file, "utf8").catch(() => undefined);
  const status = await statusOf(src);
  const asked = plain(URL.parse(src)?.pathname.replace(/^.*?(?=\/api\/)/, "") ?? src);
  const wasAsked = [...requests].some((request) => request.startsWith(`/api/plugin/${name}/`));
  return whySilent({ entrypoint, status, path: asked, html, files, wasAsked, hasSpoken });
}

/** An address as a person writes it. */
function plain(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Messages of the web view, by shape: it is a document of ours, but nothing says that it stays so. */
function isFromView(message: unknown): message is FromView {
  if (typeof message !== "object" || message === null || !("is" in message)) return false;
  const has = (key: string, type: string) => typeof Reflect.get(message, key) === type;
  switch (message.is) {
    case "ready":
    case "reload":
    case "editSample":
    case "newSample":
      return true;
    case "choose":
      return has("folder", "string") && has("on", "boolean");
    case "sample":
      return has("name", "string") || Reflect.get(message, "name") === undefined;
    case "silent":
      return has("name", "string") && has("src", "string") && has("hasSpoken", "boolean");
    default:
      return false;
  }
}
