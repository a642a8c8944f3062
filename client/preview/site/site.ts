// A panel with a page in a frame and with sections about it; both follow what changes. Where the page comes from, the files here
// or a host, is chosen in the panel. No credential is ever sent: who looks is nobody.

import { type Disposable, env, Range, Uri, ViewColumn, window, workspace } from "vscode";
import type { PreviewPage, PreviewSection } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import { oneAtATime } from "../../oneAtATime.js";
import { settled } from "../../settled.js";
import { failureText } from "../failure.js";
import { openPanel } from "../panel/panel.js";
import type { OpenPreview } from "../preview.js";
import { unreachable } from "../unreachable.js";
import type { FromSite, SiteState, ToSite } from "./messages.js";
import { offered } from "./offered.js";
import type { Note, SiteSource } from "./sources.js";

export interface SiteOptions {
  readonly title: string;
  /** All that the user may choose among. */
  readonly sources: readonly SiteSource[];
  readonly source: string | undefined;
  readonly path: string;
  /** Asked anew whenever something changes. */
  readonly look: () => Promise<{
    readonly sections: readonly PreviewSection[];
    readonly pages: readonly PreviewPage[];
    /** Why there is none. */
    readonly noPage?: string;
  }>;
  /** What changes it. */
  readonly follow: (changed: () => void) => readonly Disposable[];
}

export async function openSite(app: App, options: SiteOptions): Promise<OpenPreview> {
  const { sources } = options;
  const now = {
    source: options.source,
    path: options.path,
    /** Another key is another document in the frame. */
    key: 0,
    isOwnPath: options.path !== "",
    isBlank: false,
  };
  let known: Omit<SiteState, "notes"> | undefined;
  /** The notes on what is framed, as far as they are known. */
  let notes: { readonly on: string; readonly said: readonly Note[] } = { on: "", said: [] };
  const ends: Disposable[] = [];
  const seen = (text: string, failed: boolean) => send({ is: "requested", text, failed });
  const places = await Promise.all(sources.map((source) => source.open(seen, ends)));
  const placeOf = (id: string | undefined) => places[sources.findIndex((source) => source.id === id)];
  const send = (message: ToSite) => panel.send(message);

  const tell = () => {
    const said = now.isBlank ? [blank, ...notes.said] : notes.said;
    if (known !== undefined) send({ is: "state", state: { ...known, notes: known.frame === undefined ? [] : said } });
  };
  const show = async () => {
    const { sections, pages, noPage } = await options.look();
    if (!now.isOwnPath) now.path = pages[0]?.path ?? "";
    const place = placeOf(now.source);
    const path = now.path.startsWith("/") ? now.path : `/${now.path}`;
    const src = place === undefined || now.path === "" ? undefined : `${place.root}${path}`;
    known = {
      sources: sources.map(({ id, label }) => ({ id, label })),
      source: now.source,
      pages,
      path: now.path === "" ? "" : path,
      ...(noPage !== undefined && { noPage }),
      ...(place !== undefined && src !== undefined && { frame: { key: now.key, src, sandbox: place.sandbox } }),
      sections,
    };
    const on = `${now.key} ${src ?? ""}`;
    const isOther = notes.on !== on;
    if (isOther) notes = { on, said: [] };
    tell();
    if (!isOther || src === undefined) return;
    // A host may take its time for these; the rest is shown meanwhile.
    void place?.notes(path).then((said) => {
      if (notes.on !== on) return;
      notes = { on, said };
      tell();
    }, failed);
  };
  const wrong = (what: string) => (error: unknown) => send({ is: "failed", text: failureText(app.log, what, error) });
  const failed = wrong("The preview could not be brought up to date");
  const shows = oneAtATime(show, failed);
  const again = () => void shows.call();
  const anew = () => {
    now.key += 1;
    now.isBlank = false;
    again();
    watchful.call();
  };
  /** A frame whose page is never asked for stays blank without a word. */
  const watchful = settled(() => {
    const place = placeOf(now.source);
    if (place?.wasAsked?.() === false) {
      now.isBlank = true;
      again();
    }
  }, 5000);
  const soon = settled(anew, 300);
  const panel = openPanel({
    view: "site",
    title: options.title,
    extension: app.extension,
    frames: [...new Set(places.map(({ origin }) => origin))],
    hear: (message) => {
      if (!isFromSite(message)) return;
      if (message.is === "ready") anew();
      if (message.is === "reload") anew();
      if (message.is === "source") {
        now.source = message.id;
        anew();
      }
      if (message.is === "go") {
        Object.assign(now, { path: message.path, isOwnPath: true });
        anew();
      }
      if (message.is === "browse")
        void placeOf(now.source)
          ?.browse(now.path)
          .then((uri) => env.openExternal(uri))
          .catch(wrong("The page could not be opened in a browser"));
      const place = message.is === "open" ? offered(known?.sections ?? [], message.place) : undefined;
      if (place !== undefined) void showPlace(place.path, place.span);
    },
  });
  const found = settled(again, 300);
  panel.keep(
    soon,
    watchful,
    found,
    // What the language server did not know yet, it may know now.
    app.language.onDidStart(found.call),
    app.language.onPluginsChanged(() => {
      if (known?.sections.length === 0 && known.pages.length === 0) found.call();
    }),
    ...options.follow(soon.call),
    { dispose: () => endAll(ends) },
  );
  return panel;
}

const blank = { text: `The frame stays blank: ${unreachable}.`, isBad: true };

function endAll(all: Disposable[]): void {
  for (const one of all.splice(0)) one.dispose();
}

async function showPlace(path: string, span: readonly [number, number] | undefined): Promise<void> {
  const uri = Uri.file(path);
  const known = await workspace.openTextDocument(uri).then(
    (document) => document,
    () => undefined,
  );
  // A wheel, for example, is no text.
  if (known === undefined) return void window.showInformationMessage(`${path} can't be shown as text.`);
  const selection = span && new Range(known.positionAt(span[0]), known.positionAt(span[1]));
  await window.showTextDocument(known, { viewColumn: ViewColumn.One, ...(selection && { selection }) });
}

/** Messages of the web view, by shape. */
function isFromSite(message: unknown): message is FromSite {
  if (typeof message !== "object" || message === null || !("is" in message)) return false;
  const has = (key: string, type: string) => typeof Reflect.get(message, key) === type;
  if (message.is === "ready" || message.is === "reload" || message.is === "browse") return true;
  if (message.is === "source") return has("id", "string");
  if (message.is === "go") return has("path", "string");
  if (message.is !== "open" || !("place" in message)) return false;
  const { place } = message;
  if (typeof place !== "object" || place === null || typeof Reflect.get(place, "path") !== "string") return false;
  const span: unknown = Reflect.get(place, "span");
  return span === undefined || Array.isArray(span);
}
