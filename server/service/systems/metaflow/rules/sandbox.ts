// Rules about what a page's opaque origin may not load: module scripts, fonts and files by fetch. All are told at the
// manifest's entrypoint.

import type { Manifest, Report, Rule } from "../../system.js";
import { type Reference, referenceTarget } from "../addresses.js";
import { type PluginPage, pluginPage } from "../pluginPage.js";
import { allowsSameOrigin } from "./manifest.js";
import { targets, tell } from "./pageNeeds.js";

const OPAQUE =
  "The frame's sandbox gives it an opaque origin, and the service sends no CORS header with files unless ORIGIN_TO_ALLOW_CORS_FROM is set";

export const sandboxRules: readonly Rule[] = [
  {
    code: "metaflow/module-script-blocked",
    severity: "warning",
    title: "module scripts of the plugin's own are blocked",
    host: `${OPAQUE}; Chromium then blocks module scripts from files, and every tag with crossorigin. Classic scripts and inline modules work.`,
    wrong: '<script type="module" src="app.js"></script>',
    right: '<script defer src="app.js"></script>',
    fix: "build a classic script (format iife) and load it without type=module and crossorigin",
    documents: ["manifest"],
    check: moduleScripts,
  },
  {
    code: "metaflow/font-blocked",
    severity: "warning",
    title: "fonts of the plugin's own are blocked",
    host: `${OPAQUE}; browsers load fonts only with one.`,
    fix: "use a system font, or put the font into the style sheet as a data: address",
    documents: ["manifest"],
    check: fonts,
  },
  {
    code: "metaflow/fetch-blocked",
    severity: "warning",
    title: "fetch of the plugin's own files is blocked",
    host: `${OPAQUE}; fetch of JSON routes such as /api/flows works. XMLHttpRequest and workers from files are blocked likewise.`,
    fix: "put the data into a classic script, or ask a JSON route of the service",
    documents: ["manifest"],
    check: fetches,
  },
  {
    code: "metaflow/storage-blocked",
    severity: "warning",
    title: "storage and cookies are closed to the plugin",
    host: "The frame's sandbox gives it an opaque origin: localStorage, sessionStorage, indexedDB and document.cookie throw a SecurityError there, and the script ends at that line.",
    wrong: 'const unit = localStorage.getItem("unit");',
    right: "const unit = Metaflow.parameters.parameters.unit;",
    fix: "keep the state in memory, take settings from the entry's parameters, or catch the error",
    documents: ["manifest"],
    check: storage,
  },
];

type Where = readonly [manifest: Manifest, report: Report];

function moduleScripts(...[manifest, report]: Where): void {
  const found = opaquePage(manifest);
  const loaded = targets(found).flatMap(({ reference, target }) =>
    isOwn(target) && (reference.kind === "module" || reference.crossOrigin) ? [reference.address] : [],
  );
  const modules = (found?.page.inline ?? []).filter(({ kind }) => kind === "module").map(({ text }) => text);
  const imported = [
    ...modules.flatMap((text) => [...text.matchAll(/\b(?:from|import)\s*["'](\.{0,2}\/[^"'\n]+)["']/g)]),
    ...(found?.scripts ?? []).flatMap((text) => [
      ...text.matchAll(/(?<![\w$.])import\s*\(\s*["'](\.{0,2}\/[^"'\n]+)["']/g),
    ]),
  ].map((match) => match[1] ?? "");
  tell(
    found,
    report,
    [...loaded, ...imported],
    (list) =>
      `the frame's opaque origin blocks ${list} (module script or crossorigin); build a classic script and load it without type="module" and crossorigin`,
  );
}

function fonts(...[manifest, report]: Where): void {
  const found = opaquePage(manifest);
  const own = (found?.styles ?? []).flatMap((text) =>
    [...text.matchAll(/@font-face\s*\{[^{}]*\}/g)].flatMap(([face]) =>
      [...face.matchAll(/url\(\s*["']?([^"')\s]+)/g)].map((match) => match[1] ?? ""),
    ),
  );
  tell(
    found,
    report,
    own.filter(isOwnAddress),
    (list) => `the frame's opaque origin blocks the font ${list}; use a system font or a data: address`,
  );
}

function fetches(...[manifest, report]: Where): void {
  const found = opaquePage(manifest);
  const own = (found?.scripts ?? []).flatMap((text) => [...text.matchAll(ASKS)].map((match) => match[1] ?? ""));
  const files = own.filter(
    (address) => !address.startsWith("/") && isOwnAddress(address) && /\.\w+([?#].*)?$/.test(address),
  );
  tell(
    found,
    report,
    files,
    (list) =>
      `the frame's opaque origin blocks asking for ${list}; put the data into a classic script, or ask a JSON route of the service`,
  );
}

function storage(...[manifest, report]: Where): void {
  const found = opaquePage(manifest);
  // Code that catches errors may be prepared for this one.
  const unprepared = (found?.scripts ?? []).filter((text) => !/\bcatch\b/.test(text));
  const used = unprepared.flatMap((text) =>
    [
      ...text.matchAll(
        /(?<![\w$.])(?:window\.)?(localStorage|sessionStorage|document\.cookie|indexedDB(?=\.open|\.databases))\b(?=[.[\s=;)])/g,
      ),
    ].map((match) => match[1] ?? ""),
  );
  tell(
    found,
    report,
    used,
    (list) =>
      `the frame's opaque origin closes ${list}: the script ends there with a SecurityError; keep state in memory, or catch the error`,
  );
}

/** `fetch("data.json")`, `xhr.open("GET", "data.json")`, `new Worker("work.js")`, and what libraries call it. */
const ASKS =
  /(?:(?:\bfetch|\baxios(?:\.get)?|\$\.get(?:JSON)?|\bd3\.(?:json|csv|tsv|text|xml)|\bnew\s+(?:Shared)?Worker)\s*\(|\.open\(\s*["'`]GET["'`]\s*,)\s*["'`]([^"'`$\n]+)["'`]/g;

/** The page, unless an entry is known to give it the page's own origin. */
function opaquePage(manifest: Manifest): PluginPage | undefined {
  const found = pluginPage(manifest);
  return found && !found.page.hasBase && allowsSameOrigin(manifest) !== true ? found : undefined;
}

const isOwn = ({ kind }: Reference): boolean => ["top", "subfolder", "rooted"].includes(kind);
const isOwnAddress = (address: string): boolean => isOwn(referenceTarget(address));
