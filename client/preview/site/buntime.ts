// The Buntime preview: the plugin's page from its files as a host would serve it, or on a host that has loaded it, with its menus,
// routes and variables.

import path from "node:path";
import { type Disposable, RelativePattern, Uri, workspace } from "vscode";
import type { App } from "../../app.js";
import { buntimePage } from "../../ops/index.js";
import type { HostSubject, OpenPreview, PreviewRow } from "../preview.js";
import { openSite } from "./site.js";
import { hostNamed, onHost, type SiteSource, served } from "./sources.js";

export const buntimePreview: PreviewRow = {
  system: "buntime",
  title: "its page, menus and routes as a host shows them",
  needsTrust: true,
  open: (app, { manifest }) => openManifest(app, manifest, undefined, ""),
  openHost,
};

const files = "files";

async function openManifest(app: App, manifest: Uri, source: string | undefined, at: string): Promise<OpenPreview> {
  const folder = path.dirname(manifest.fsPath);
  const plugin = app.board.plugins().find((one) => one.manifest === manifest.toString());
  const text = () => workspace.textDocuments.find(({ uri }) => uri.toString() === manifest.toString())?.getText();
  const here = served({
    id: files,
    label: "the files here",
    address: folder,
    answer: (asked) => buntimePage(folder, text(), asked),
  });
  return openSite(app, {
    title: `Preview ${plugin?.name ?? path.basename(folder)}`,
    sources: (chosen) => [here, ...hostsWith(app, plugin?.name, chosen)],
    followSources: app.store.onDidChange,
    source: source ?? files,
    path: at,
    look: async () => {
      const report = await app.language.preview(manifest);
      const { sections = [], pages = [], noPage } = report ?? {};
      return { sections, pages, ...(noPage !== undefined && { noPage }) };
    },
    follow: (changed) => following(manifest, folder, changed),
  });
}

/** Hosts that have loaded it, and the one that is looked at. */
function hostsWith(app: App, plugin: string | undefined, asked: string | undefined): SiteSource[] {
  return app.store.states().flatMap(({ config, plugins }) => {
    if (config.system !== "buntime" || config.url === undefined) return [];
    const isThere = plugins.some(({ name, state }) => name === plugin && state === "loaded");
    return isThere || config.name === asked ? [onHost(config.name, config.url)] : [];
  });
}

function following(manifest: Uri, folder: string, changed: () => void): Disposable[] {
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), "**"));
  return [
    watcher,
    ...[watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete].map((event) => event(changed)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() === manifest.toString()) changed();
    }),
  ];
}

async function openHost(app: App, { host, plugin, address }: HostSubject): Promise<OpenPreview | undefined> {
  const config = app.rows.named(host);
  if (config?.url === undefined) return undefined;
  const url = address === undefined ? null : URL.parse(address);
  const at = url === null ? "" : `${url.pathname}${url.search}`;
  const [local, ...others] = app.board.plugins().filter(({ system, name }) => system === "buntime" && name === plugin);
  if (local !== undefined && others.length === 0) return openManifest(app, Uri.parse(local.manifest), host, at);
  return openSite(app, {
    title: `${plugin ?? host} on ${host}`,
    sources: () => hostNamed(app, host),
    followSources: app.store.onDidChange,
    source: host,
    path: at === "" ? "/" : at,
    look: async () => {
      const { menus = [], routes = [] } = app.store.state(host)?.plugins.find(({ name }) => name === plugin) ?? {};
      return {
        pages: routes.map((route) => ({ label: route, path: route.endsWith("/") ? route : `${route}/` })),
        sections: [
          { title: "Menus", rows: menus.map(({ title, path: to }) => ({ label: title, detail: to ?? "" })) },
          { title: "Pages", rows: routes.map((label) => ({ label })) },
        ],
      };
    },
    follow: () => [],
  });
}
