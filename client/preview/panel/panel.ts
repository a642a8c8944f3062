// A panel for a preview: its document, messages both ways, and what has to end with it. One panel per thing that is previewed:
// asking for it again shows the one that is there.

import { randomBytes } from "node:crypto";
import { commands, type Disposable, env, UIKind, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { createEnding } from "../ending.js";
import type { OpenPreview } from "../preview.js";
import { type Awaited, awaitArrival } from "./arrival.js";
import { pageOf } from "./page.js";

export interface PanelOptions {
  /** Which of the script's views it shows. */
  readonly view: string;
  readonly title: string;
  /** What of ours may be loaded: the extension's own folder. */
  readonly extension: Uri;
  /** Origins that may be framed. */
  readonly frames: readonly string[];
  /** A message of the view, which may hold anything. */
  readonly hear: (message: unknown) => void;
}

export interface PreviewPanel extends OpenPreview {
  send(message: unknown): void;
  /** Other origins may be framed from now on; where one is new, the document is given anew, and speaks anew. Answers whether it is. */
  allow(frames: readonly string[]): boolean;
  rename(title: string): void;
  /** Ends with the panel. */
  keep(...disposables: readonly Disposable[]): void;
}

export function openPanel({ view, title, extension, frames, hear }: PanelOptions): PreviewPanel {
  const roots = [Uri.joinPath(extension, "dist", "web"), Uri.joinPath(extension, "media", "preview")];
  const options = { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: roots };
  const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
  const panel: WebviewPanel = window.createWebviewPanel(`plugsmith.preview.${view}`, title, place, options);
  const { webview } = panel;
  panel.iconPath = Uri.joinPath(extension, "media", "icon.svg");
  const inView = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  let allowed = frames;
  let arrival: Awaited | undefined;
  const give = () => {
    arrival?.dispose();
    arrival = awaitArrival({ give: write, giveUp: () => void sayItIsWhite(title) });
  };
  const write = () => {
    webview.html = pageOf({
      view,
      title,
      nonce: randomBytes(18).toString("base64url"),
      script: inView("dist", "web", "preview.js"),
      styles: inView("media", "preview", "preview.css"),
      cspSource: webview.cspSource,
      frames: allowed,
      isWeb: isInBrowser(),
    });
  };
  give();
  const heard = webview.onDidReceiveMessage((message: unknown) => {
    arrival?.came();
    hear(message);
  });
  const ending = createEnding();
  ending.keep(heard, { dispose: () => arrival?.dispose() });
  panel.onDidDispose(ending.come);
  return {
    send: (message) => {
      // A panel that is gone throws.
      if (!ending.hasCome) void webview.postMessage(message);
    },
    allow: (others) => {
      const isNew = others.some((one) => !allowed.includes(one));
      if (ending.hasCome || !isNew) return false;
      allowed = others;
      give();
      return true;
    },
    rename: (name) => {
      if (!ending.hasCome) panel.title = name;
    },
    reveal: () => {
      if (!ending.hasCome) panel.reveal(undefined, true);
    },
    onDidClose: ending.hear,
    keep: ending.keep,
    dispose: () => panel.dispose(),
  };
}

async function sayItIsWhite(title: string): Promise<void> {
  const reload = "Reload Window";
  const words = `"${title}" stays empty: the editor's web view did not start. Close it and open it again, or reload the window.`;
  if ((await window.showErrorMessage(words, reload)) === reload) {
    await commands.executeCommand("workbench.action.reloadWindow");
  }
}

export function isInBrowser(): boolean {
  return env.uiKind === UIKind.Web;
}

export interface PublicAddress {
  /** For the policy: `https://host:port`. */
  readonly origin: string;
  /** Path below which the server's root is found, without a final slash: "" on this machine. */
  readonly path: string;
}

/** Where the window finds a server on loopback. Only the root is asked for: some editors drop path and query. */
export async function publicAddress(origin: string): Promise<PublicAddress> {
  const found = await env.asExternalUri(Uri.parse(`${origin}/`));
  return { origin: `${found.scheme}://${found.authority}`, path: found.path.replace(/\/+$/, "") };
}

/** The address to open in a browser. On this machine VS Code maps the address itself. */
export async function forBrowser(origin: string, path: string): Promise<Uri> {
  if (!isInBrowser()) return Uri.parse(`${origin}${path}`);
  const found = await publicAddress(origin);
  return Uri.parse(`${found.origin}${found.path}${path}`);
}
