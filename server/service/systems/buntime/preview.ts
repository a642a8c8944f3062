// What a Buntime host shows of a plugin: its page, its menus, the routes that need no sign-in, and what of it only the host
// can run.

import { type Node, spanOf } from "../../text/node.js";
import { hostValue } from "../../text/reading.js";
import type { Preview, PreviewItem, PreviewPage, PreviewSection } from "../preview.js";
import { asList, asMap, asString, field, itemsOf } from "../read.js";
import type { Manifest } from "../system.js";
import { entryPath, firstFile, PAGE_FALLBACKS } from "./entries.js";
import { topField, topText } from "./tree.js";

export function previewOf(manifest: Manifest): Preview | undefined {
  if (manifest.kind.id !== "manifest") return undefined;
  const menus = menusBelow(manifest, topField(manifest, "menus")?.value, "");
  const page = pageRow(manifest);
  const base = topText(manifest, "base");
  const own =
    base !== undefined && page.mood === "good" ? [{ label: `${withSlash(base)} the page`, path: withSlash(base) }] : [];
  const pages = [...own, ...menus.flatMap(({ page: one }) => one ?? [])];
  const sections = [
    { title: "Page", rows: [page, ...disabled(manifest)] },
    menuSection(menus),
    publicSection(manifest, base),
    environment(manifest),
    server(manifest, base),
  ];
  return {
    title: "as the host shows it",
    sections: sections.filter((one) => one !== undefined),
    pages: unique(pages),
    tellsProblems: true,
    ...(own.length === 0 && page.detail !== undefined && { noPage: page.detail }),
  };
}

function pageRow(manifest: Manifest): PreviewItem {
  const { folder, workspace } = manifest;
  const base = topText(manifest, "base");
  const entry = topText(manifest, "entrypoint");
  const at = placed(manifest, topField(manifest, entry === undefined ? "base" : "entrypoint")?.value);
  if (base === undefined) return { label: "no page", detail: "without a base there is nothing to open", ...at };
  const label = withSlash(base);
  if (entry === undefined)
    return {
      label,
      detail: "no entrypoint: not found, unless the plugin's code answers there",
      mood: "attention",
      ...at,
    };
  if (!/\.html?$/i.test(entry))
    return { label, detail: `${entry} runs in a worker of the host`, mood: "attention", ...at };
  const isThere = folder === undefined ? "unknown" : workspace.files.kind(entryPath(folder, entry));
  if (isThere === "none") {
    const instead = folder === undefined ? undefined : firstFile(folder, PAGE_FALLBACKS, workspace.files);
    const next = instead === undefined ? "build it" : `the host takes ${instead} instead`;
    return { label, detail: `${entry} is not there; ${next}`, mood: "bad", ...at };
  }
  const injects = hostValueOf(manifest, "injectBase") === true;
  const notes = injects ? ["a base tag is put in, so relative addresses count from there at any depth"] : [];
  return { label, detail: `${entry}, for every path below that names no file`, mood: "good", notes, ...at };
}

function disabled(manifest: Manifest): readonly PreviewItem[] {
  if (hostValueOf(manifest, "enabled") !== false) return [];
  const detail = "the host does not load the plugin; this is what it would show";
  return [
    { label: "enabled: false", detail, mood: "attention", ...placed(manifest, topField(manifest, "enabled")?.value) },
  ];
}

interface MenuRow {
  readonly row: PreviewItem;
  readonly page?: PreviewPage;
}

/** Depth first, as the shell draws them; a label of a menu inside another one begins with the outer one's. */
function menusBelow(manifest: Manifest, list: Node | undefined, above: string): readonly MenuRow[] {
  return itemsOf(list).flatMap((item) => {
    const map = asMap(item);
    const text = (name: string) => asString(field(map, name, manifest)?.value, manifest);
    const title = text("title");
    const path = text("path");
    const icon = text("icon");
    const label = [above, title ?? "an item without a title"].filter(Boolean).join(" › ");
    const facts = [path, icon].filter((fact) => fact !== undefined);
    const row: PreviewItem = {
      label,
      detail: facts.join(" · "),
      ...(title === undefined && {
        mood: "bad" as const,
        notes: ["the shell's sidebar breaks on an item without a title"],
      }),
      ...placed(manifest, item),
    };
    const page = path?.startsWith("/") === true ? { label: `${path} ${label}`, path } : undefined;
    return [{ row, ...(page && { page }) }, ...menusBelow(manifest, field(map, "items", manifest)?.value, label)];
  });
}

function menuSection(menus: readonly MenuRow[]): PreviewSection {
  const note =
    menus.length === 0
      ? "None: the plugin does not stand in the shell's sidebar."
      : "In the shell's sidebar, in this order.";
  return { title: "Menus", note, rows: menus.map(({ row }) => row) };
}

function publicSection(manifest: Manifest, base: string | undefined): PreviewSection {
  const node = topField(manifest, "publicRoutes")?.value;
  const rows = [
    ...itemsOf(node).map((item) => routeRow(manifest, item, "every method", base)),
    ...(asMap(node)?.pairs ?? []).flatMap(({ key, value }) => {
      const method = key === undefined ? undefined : asString(key, manifest);
      if (method === undefined || asList(value) === undefined) return [];
      const isKnown = METHODS.includes(method);
      return itemsOf(value).map((item): PreviewItem => {
        const row = routeRow(manifest, item, method === "ALL" ? "every method" : method, base);
        return isKnown
          ? row
          : { ...row, mood: "bad", notes: [`"${method}" is no method that the host knows: dropped`] };
      });
    }),
  ];
  const note =
    rows.length === 0
      ? "None: with an authentication plugin on the host, everything needs a sign-in."
      : "Open to everybody where an authentication plugin decides; each counts from the base.";
  return { title: "Public routes", note, rows };
}

const METHODS = ["ALL", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

function routeRow(manifest: Manifest, item: Node, method: string, base: string | undefined): PreviewItem {
  const route = asString(item, manifest) ?? "not a text";
  const full = route.startsWith("(") ? route : `${base === "/" ? "" : (base ?? "")}${route}`;
  return { label: full, detail: `public · ${method}`, ...placed(manifest, item) };
}

function environment(manifest: Manifest): PreviewSection | undefined {
  const pairs = asMap(topField(manifest, "env")?.value)?.pairs ?? [];
  if (pairs.length === 0) return undefined;
  const given = hostValueOf(manifest, "envPrefix");
  const prefixes = Array.isArray(given) ? given.map(String) : ["PUBLIC_", "VITE_"];
  const rows = pairs.flatMap(({ key }): PreviewItem[] => {
    const name = key === undefined ? undefined : asString(key, manifest);
    if (name === undefined) return [];
    const isSeen = prefixes.some((prefix) => name.startsWith(prefix));
    return [
      {
        label: name,
        detail: isSeen ? "in window.__env__ of the page" : "for the worker alone",
        ...placed(manifest, key),
      },
    ];
  });
  return { title: "Environment", note: `The page sees names that begin with ${prefixes.join(" or ")}.`, rows };
}

function server(manifest: Manifest, base: string | undefined): PreviewSection | undefined {
  const entry = topText(manifest, "pluginEntry");
  if (entry === undefined) return undefined;
  const where = base === undefined ? "What it answers" : `Routes such as ${base === "/" ? "" : base}/api/…`;
  const note = `${where} comes from its code, which runs on a host alone; a preview of the files answers 501 there, and says so.`;
  return {
    title: "Server code",
    note,
    rows: [{ label: entry, ...placed(manifest, topField(manifest, "pluginEntry")?.value) }],
  };
}

function hostValueOf(manifest: Manifest, name: string) {
  const node = topField(manifest, name)?.value;
  return node && hostValue(node, manifest.kind.reading);
}

function placed({ parsed: { path } }: Manifest, node: Node | undefined): Pick<PreviewItem, "place"> {
  return path === undefined || node === undefined ? {} : { place: { path, span: spanOf(node) } };
}

function unique(pages: readonly PreviewPage[]): readonly PreviewPage[] {
  return pages.filter(({ path }, at) => pages.findIndex((other) => withSlash(other.path) === withSlash(path)) === at);
}

const withSlash = (path: string): string => (path.endsWith("/") ? path : `${path}/`);
