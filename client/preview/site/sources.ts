// Where a framed page comes from: the plugin's files through a server of ours, or a host. A host that only this machine reaches
// is asked through a server of ours too, where VS Code runs in a browser.

import { type Disposable, Uri } from "vscode";
import type { App } from "../../app.js";
import { type Asked, isLoopback, startSite, throughTo } from "../../ops/index.js";
import { forBrowser, isInBrowser, publicAddress } from "../panel/panel.js";
import { answering, framing } from "./framing.js";

export interface SiteSource {
  readonly id: string;
  readonly label: string;
  /** Another address is another source, whatever it is called. */
  readonly address: string;
  open(seen: Seen, ends: Disposable[]): Promise<SitePlace>;
}

/** A line for the log of requests. */
export type Seen = (text: string, mood?: "bad" | "attention") => void;

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

export interface Served {
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly answer: (asked: Asked) => ReturnType<typeof throughTo>;
  readonly notes?: (path: string) => Promise<readonly Note[]>;
}

export function served({ answer, notes = async () => [], ...source }: Served): SiteSource {
  return {
    ...source,
    open: async (seen, ends) => {
      const state = { path: "", host: "", isAsked: false };
      const readers = new Set<string>();
      const server = await startSite({
        answer,
        publicPath: () => state.path,
        publicHost: () => state.host,
        seen: ({ method, path, status }) => {
          state.isAsked = true;
          seen(`${method} ${path} ${status}${meaning(status)}`, status >= 400 ? "bad" : undefined);
        },
        readsOwnPath: (path) => {
          if (!readers.has(path)) seen(`${path} ${ownPath}`, "attention");
          readers.add(path);
        },
      });
      ends.push({ dispose: () => void server.stop() });
      const address = await publicAddress(server.origin);
      Object.assign(state, { path: address.path, host: new URL(address.origin).host });
      return {
        origin: address.origin,
        root: `${address.origin}${address.path}${server.prefix}`,
        sandbox: isInBrowser() ? strict : usual,
        notes: async (path) => [...(await notes(path)), ...(isInBrowser() ? [lost] : [])],
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

const ownPath =
  "reads location.pathname, which begins with the preview's own path here; a base from document.baseURI (with injectBase) is right here and on the host";

function meaning(status: number): string {
  return status === 501 ? ": needs the plugin's server code, which runs on a host alone" : "";
}

/** That row of the hosts, as long as there is one. */
export function hostNamed({ rows }: Pick<App, "rows">, name: string): readonly SiteSource[] {
  const url = rows.named(name)?.url;
  return url === undefined ? [] : [onHost(name, url)];
}

export function onHost(name: string, url: string): SiteSource {
  const origin = URL.parse(url)?.origin ?? url;
  const source = { id: name, label: `host ${name}`, address: origin };
  if (isInBrowser() && isLoopback(url)) {
    const answer = (asked: Asked) => throughTo(origin, asked);
    return served({ ...source, answer, notes: (path) => answering(`${origin}${path}`) });
  }
  return {
    ...source,
    open: async () => ({
      origin,
      root: origin,
      sandbox: usual,
      notes: (path) => framing(`${origin}${path}`),
      browse: async (path) => Uri.parse(`${origin}${path}`),
    }),
  };
}
