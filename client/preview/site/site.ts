// A panel with a page in a frame and with sections about it; both follow what changes. Where the page comes from, the files here
// or a host, is chosen in the panel, among what there is at the time. No credential is ever sent: who looks is nobody.

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
import { createPlaces } from "./places.js";
import type { Note, SitePlace, SiteSource } from "./sources.js";

export interface SiteOptions {
  readonly title: string;
  /** All that the user may choose among now; `chosen` stays among them as long as there is such a host. */
  readonly sources: (chosen: string | undefined) => readonly SiteSource[];
  /** What changes those. */
  readonly followSources?: (changed: () => void) => Disposable;
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
  const now = {
    source: options.source,
    /** One that was chosen and has gone. */
    gone: undefined as string | undefined,
    place: undefined as SitePlace | undefined,
    path: options.path,
    /** Another key is another document in the frame. */
    key: 0,
    isOwnPath: options.path !== "",
    isBlank: false,
  };
  let known: Omit<SiteState, "notes"> | undefined;
  /** The notes on what is framed, as far as they are known. */
  let notes: { readonly on: string; readonly said: readonly Note[] } = { on: "", said: [] };
  const places = createPlaces((text, mood) => send({ is: "requested", text, ...(mood && { mood }) }));
  await places.use(options.sources(options.source));
  const send = (message: ToSite) => panel.send(message);

  const tell = () => {
    const framed = now.isBlank ? [blank, ...notes.said] : notes.said;
    const gone = now.gone === undefined ? [] : [goneNote(now.gone)];
    if (known !== undefined)
      send({ is: "state", state: { ...known, notes: [...gone, ...(known.frame === undefined ? [] : framed)] } });
  };
  const show = async () => {
    const { sections, pages, noPage } = await options.look();
    const sources = options.sources(now.source);
    await places.use(sources);
    if (now.source !== undefined && !sources.some(({ id }) => id === now.source))
      Object.assign(now, { gone: now.source, source: sources[0]?.id });
    // A document that is given anew asks for all of this again.
    if (panel.allow(places.origins())) return;
    if (!now.isOwnPath) now.path = pages[0]?.path ?? "";
    const place = places.of(now.source);
    if (place !== now.place) Object.assign(now, { place, key: now.key + 1 });
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
    if (now.place?.wasAsked?.() === false) {
      now.isBlank = true;
      again();
    }
  }, 5000);
  const soon = settled(anew, 300);
  const panel = openPanel({
    view: "site",
    title: options.title,
    extension: app.extension,
    frames: places.origins(),
    hear: (message) => {
      if (!isFromSite(message)) return;
      if (message.is === "ready") anew();
      if (message.is === "reload") anew();
      if (message.is === "source") {
        Object.assign(now, { source: message.id, gone: undefined });
        anew();
      }
      if (message.is === "go") {
        Object.assign(now, { path: message.path, isOwnPath: true });
        anew();
      }
      if (message.is === "browse")
        void now.place
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
    ...(options.followSources === undefined ? [] : [options.followSources(found.call)]),
    places,
  );
  return panel;
}

const blank = { text: `The frame stays blank: ${unreachable}.`, isBad: true };

const goneNote = (name: string): Note => ({ text: `"${name}" is no longer among your hosts.`, isBad: true });

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
