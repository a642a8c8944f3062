// Where a framed page comes from: the plugin's files through a server of ours, or a host. A host that only this machine reaches
// is asked through a server of ours too, where VS Code runs in a browser.

import { type Disposable, Uri } from "vscode";
import { type Asked, isLoopback, startSite, throughTo } from "../../ops/index.js";
import { forBrowser, isInBrowser, publicAddress } from "../panel/panel.js";
import { framing } from "./framing.js";

export interface SiteSource {
  readonly id: string;
  readonly label: string;
  open(seen: (text: string, failed: boolean) => void, ends: Disposable[]): Promise<SitePlace>;
}

export interface SitePlace {
  /** For the policy. */
  readonly origin: string;
  /** What a path is put behind. */
  readonly root: string;
  readonly sandbox: string;
  notes(path: string): Promise<readonly Note[]>;
  /** Whether the frame has asked for anything since the last call; undefined where that can't be known. */
  wasAsked?(): boolean;
  /** Address for a browser of its own. */
  browse(path: string): Promise<Uri>;
}

export interface Note {
  readonly text: string;
  readonly isBad: boolean;
}

/** A page of another origin keeps its own there; one that may share VS Code's must not. */
const strict = "allow-scripts allow-forms allow-downloads";
const usual = `${strict} allow-same-origin`;

const lost: Note = {
  text: "In this window the page has no storage and no cookies, since it may share VS Code's origin. Open it in a browser for those.",
  isBad: false,
};

export function served(id: string, label: string, answer: (asked: Asked) => ReturnType<typeof throughTo>): SiteSource {
  return {
    id,
    label,
    open: async (seen, ends) => {
      const state = { path: "", isAsked: false };
      const server = await startSite({
        answer,
        publicPath: () => state.path,
        seen: ({ method, path, status }) => {
          state.isAsked = true;
          seen(`${method} ${path} ${status}${meaning(status)}`, status >= 400);
        },
      });
      ends.push({ dispose: () => void server.stop() });
      const address = await publicAddress(server.origin);
      state.path = address.path;
      return {
        origin: address.origin,
        root: `${address.origin}${address.path}${server.prefix}`,
        sandbox: isInBrowser() ? strict : usual,
        notes: async () => (isInBrowser() ? [lost] : []),
        wasAsked: () => {
          const before = state.isAsked;
          state.isAsked = false;
          return before;
        },
        browse: (path) => forBrowser(server.origin, `${server.prefix}${path}`),
      };
    },
  };
}

function meaning(status: number): string {
  return status === 501 ? ": needs the plugin's server code, which runs on a host alone" : "";
}

export function onHost(name: string, url: string): SiteSource {
  const label = `host ${name}`;
  const origin = URL.parse(url)?.origin ?? url;
  if (isInBrowser() && isLoopback(url)) return served(name, label, (asked) => throughTo(origin, asked));
  return {
    id: name,
    label,
    open: async () => ({
      origin,
      root: origin,
      sandbox: usual,
      notes: (path) => framing(`${origin}${path}`),
      browse: async (path) => Uri.parse(`${origin}${path}`),
    }),
  };
}
