// The SkyPilot preview: what the server's processes build and what its controllers receive, beside the source; and the dashboard
// of a connected server.

import path from "node:path";
import { type Uri, workspace } from "vscode";
import type { App } from "../../app.js";
import type { HostSubject, OpenPreview, PreviewRow } from "../preview.js";
import { openSite } from "./site.js";
import { hostNamed } from "./sources.js";

export const skypilotPreview: PreviewRow = {
  system: "skypilot",
  title: "what the server builds, and what its controllers receive",
  needsTrust: false,
  open: (app, { manifest }) => openManifest(app, manifest),
  openHost,
};

function openManifest(app: App, manifest: Uri): Promise<OpenPreview> {
  return openSite(app, {
    title: `Preview ${path.basename(manifest.fsPath)}`,
    sources: () => [],
    source: undefined,
    path: "",
    look: async () => ({ sections: (await app.language.preview(manifest))?.sections ?? [], pages: [] }),
    follow: (changed) => {
      // Classes, wheels and the other file of the pair count as well, in editors and on the disk.
      const watcher = workspace.createFileSystemWatcher("**/*.{py,whl,yaml,yml,toml}");
      return [
        watcher,
        ...[watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete].map((event) => event(changed)),
        workspace.onDidChangeTextDocument(({ document: { uri } }) => {
          if (/\.(py|ya?ml|toml)$/.test(uri.path)) changed();
        }),
      ];
    },
  });
}

async function openHost(app: App, { host, address }: HostSubject): Promise<OpenPreview | undefined> {
  const config = app.rows.named(host);
  if (config?.url === undefined) return undefined;
  const url = address === undefined ? null : URL.parse(address);
  const dashboard = { label: "Dashboard", path: "/dashboard" };
  const note =
    "A plugin's own page is at /dashboard/plugins/<path>, by the path that its script registers. Where no script has registered a path, the dashboard waits there for ever.";
  return openSite(app, {
    title: `Dashboard of ${host}`,
    sources: () => hostNamed(app, host),
    followSources: app.store.onDidChange,
    source: host,
    path: url === null || url.pathname === "/" ? dashboard.path : url.pathname,
    look: async () => ({ pages: [dashboard], sections: [{ title: "Pages of plugins", note, rows: [] }] }),
    follow: () => [],
  });
}
