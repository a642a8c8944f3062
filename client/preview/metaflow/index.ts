// The Metaflow preview: plugins of the workspace on an emulated page. The service runs in this process, the page in a web view,
// the plugins in sandboxed frames of it.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { Uri, workspace } from "vscode";
import type { PreviewEntry } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { oneAtATime } from "../../oneAtATime.js";
import { type LoadedForPreview, startMetaflowService } from "../../ops/index.js";
import { settled } from "../../settled.js";
import { failureText } from "../failure.js";
import { openPanel, publicAddress } from "../panel/panel.js";
import type { OpenPreview, PreviewRow, Subject } from "../preview.js";
import { whySilent } from "./explain.js";
import { choiceOf, isManifest, isShared, type Known, knownPlugins, previewed, unsavedManifests } from "./known.js";
import type { FromView, ToView } from "./messages.js";
import { viewOf } from "./page/address.js";
import { answerFor } from "./page/answers.js";
import { createSampleStore } from "./samples.js";

export const metaflowPreview: PreviewRow = {
  system: "metaflow",
  title: "the plugin on an emulated Metaflow page",
  needsTrust: true,
  open,
};

async function open(app: App, { manifest }: Subject): Promise<OpenPreview> {
  const shown = new Set<string>();
  const state: {
    /** What was asked for. */
    asked: readonly PreviewEntry[];
    known: readonly Known[];
    /** Newer text of manifests than the files', by folder. */
    unsaved: ReadonlyMap<string, string>;
    loaded: readonly LoadedForPreview[];
    publicPath: string;
    publicHost: string;
  } = {
    asked: [],
    known: [],
    unsaved: new Map(),
    loaded: [],
    publicPath: "",
    publicHost: "",
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
    publicHost: () => state.publicHost,
    isShared,
    seen: ({ method, path: seen, status }) => {
      requests.add(plain(seen));
      send({ is: "requested", text: `${method} ${plain(seen)} ${status}`, failed: status >= 400 });
    },
  });
  const address = await publicAddress(service.server.origin);
  Object.assign(state, { publicPath: address.path, publicHost: new URL(address.origin).host });
  const base = `${address.origin}${address.path}${service.server.prefix}/api`;

  /** Once it knows, the language server isn't asked again: a manifest that is half typed or gone is previewed as it was. */
  const ask = async () => {
    if (state.asked.length > 0) return;
    state.asked = (await app.language.preview(manifest))?.entries ?? [];
    for (const { folder } of state.asked) shown.add(folder);
  };
  const known = async () => {
    await ask();
    return knownPlugins(app, state.asked);
  };
  const load = async () => {
    state.known = await known();
    requests.clear();
    state.unsaved = unsavedManifests(shown, state.unsaved);
    const chosen = state.known.filter(({ entry }) => shown.has(entry.folder));
    const wanted = chosen.map((one) => previewed(one, state.unsaved));
    state.loaded = await service.load(wanted);
    const entries = state.loaded.flatMap((one) => ("listed" in one ? [one.listed] : []));
    const [first] = entries;
    panel.rename(titleOf(manifest, state.asked));
    send({
      is: "start",
      service: base,
      entries,
      plugins: state.known.map((one) => choiceOf(one, shown, state.loaded)),
      view: viewOf(first?.config.slot),
      sample: samples.now(),
      samples: samples.state(),
    });
  };
  const unexpected = (what: string) => (error: unknown) =>
    send({ is: "failed", text: failureText(app.log, what, error) });
  const loads = oneAtATime(load, unexpected("The preview could not be loaded"));
  const reload = () => void loads.call();
  /** Only when an entry, a plugin or its manifest is another: what is typed elsewhere loads nothing anew. */
  const look = async () => {
    const seen = (plugins: readonly Known[], unsaved: ReadonlyMap<string, string>) =>
      JSON.stringify([plugins, [...unsaved]]);
    const before = seen(state.known, state.unsaved);
    if (seen(await known(), unsavedManifests(shown, state.unsaved)) !== before) reload();
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
  const panel = openPanel({
    view: "metaflow",
    title: titleOf(manifest, []),
    extension: app.extension,
    frames: [address.origin],
    hear: (message) => {
      if (isFromView(message)) hear(message).catch(unexpected("That could not be done"));
    },
  });
  const soon = settled(reload, 200);
  const lookSoon = settled(() => void look().catch(unexpected("The preview could not be brought up to date")), 300);
  const holdsEntries = ({ fsPath }: Uri) =>
    state.known.some(({ entry }) => entry.from !== undefined && path.resolve(entry.from) === fsPath);
  const follow = (uri: Uri) => {
    if ([...shown].some((folder) => uri.fsPath.startsWith(folder + path.sep))) soon.call();
    if (holdsEntries(uri)) lookSoon.call();
  };
  const watcher = workspace.createFileSystemWatcher("**/*");
  panel.keep(
    samples,
    soon,
    lookSoon,
    watcher,
    ...[watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete].map((event) => event(follow)),
    // Entries and manifests count while they are typed; a plugin's other files when they are saved.
    workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      if (holdsEntries(uri) || isManifest(uri)) lookSoon.call();
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (isManifest(uri)) lookSoon.call();
    }),
    // What the language server did not know yet, or the board of plugins, it may know now.
    app.language.onPluginsChanged(lookSoon.call),
    app.language.onDidStart(lookSoon.call),
    app.board.onDidChange(lookSoon.call),
    { dispose: () => void service.stop() },
  );
  await samples.refresh();
  return panel;
}

function titleOf(manifest: Uri, asked: readonly PreviewEntry[]): string {
  const known = asked.length === 0 && isManifest(manifest) ? [path.dirname(manifest.fsPath)] : [];
  const folders = [...new Set([...known, ...asked.map(({ folder }) => folder)])].map((folder) => path.basename(folder));
  return `Preview ${folders.length === 1 ? folders[0] : "PLUGINS"}`;
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
  const status = await statusOf(src);
  // What is served is a plain file of the plugin's, and no other is looked at.
  const file = path.join(one.folder, entrypoint.replace(/[?#].*/, ""));
  const html = status === 200 ? await readFile(file, "utf8").catch(() => undefined) : undefined;
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
