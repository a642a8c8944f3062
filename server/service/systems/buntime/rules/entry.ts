// Rules about the files that a plugin runs: `pluginEntry`, the host's look-up order, `entrypoint`. Silent where the disk
// is unknown; a missing file below a build folder is a warning, since a fresh checkout has none.

import { nearest } from "../../../text/nearest.js";
import { keyText, type ScalarNode } from "../../../text/node.js";
import { basename } from "../../../text/paths.js";
import { addField } from "../../addition.js";
import { changeTo, changeToAny } from "../../changes.js";
import type { Files } from "../../facts.js";
import { asMap, asScalar, asValue, placeOf } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import {
  entryPath,
  FALLBACKS,
  firstFile,
  hasOtherFiles,
  isBuilt,
  isThere,
  leavesFolder,
  localImports,
  namesBeside,
  PAGE_FALLBACKS,
} from "../entries.js";
import { ownBase } from "../ownNames.js";
import { looksLikeApp } from "../recognise.js";
import { mayBeMeant, nearField } from "../spelling.js";
import { addBelow, headOf, topField, topText } from "../tree.js";

const ORDER = "plugin.ts, plugin.js, index.ts, index.js";

export const entryRules: readonly Rule[] = [
  {
    code: "buntime/entry-missing",
    severity: "error",
    title: "the plugin's entry file does not exist",
    host: `The loader logs a warning and tries ${ORDER} at the top of the folder; nothing below dist/. When none is there it skips the folder, without any log line if \`pluginEntry\` isn't given.`,
    wrong: "pluginEntry: dist/plugn.js",
    right: "pluginEntry: dist/plugin.js",
    fix: "build the plugin, or correct `pluginEntry`",
    documents: ["manifest"],
    check: checkEntry,
  },
  {
    code: "buntime/entry-is-directory",
    severity: "error",
    title: "`pluginEntry` is a directory",
    host: "The loader takes it as found and fails when it imports it; dependents are skipped.",
    wrong: "pluginEntry: dist",
    right: "pluginEntry: dist/plugin.js",
    fix: "name the file in that directory",
    documents: ["manifest"],
    check: checkDirectory,
  },
  {
    code: "buntime/entry-outside",
    severity: "warning",
    title: "`pluginEntry` or `entrypoint` leads out of the plugin's folder",
    host: "The loader imports such an entry where the file happens to be there, but an uploaded archive holds only the plugin's folder.",
    wrong: "pluginEntry: ../shared/plugin.js",
    right: "pluginEntry: dist/plugin.js",
    fix: "build the entry into the plugin's own folder",
    documents: ["manifest"],
    check: checkOutside,
  },
  {
    code: "buntime/entry-order",
    severity: "hint",
    title: "several files could be the entry",
    host: `Without \`pluginEntry\` the loader takes the first of ${ORDER}, and nothing below dist/.`,
    wrong: "name: notes   # beside plugin.ts and plugin.js",
    right: "name: notes\npluginEntry: plugin.js",
    fix: "name the file in `pluginEntry`",
    documents: ["manifest"],
    check: checkOrder,
  },
  {
    code: "buntime/entry-imports",
    severity: "information",
    title: "a reload won't re-read what the entry imports",
    host: "Since v0.2.26 a reload imports a fresh copy of the entry, but not of the files that it imports, not even when the entry changed too. Older hosts re-read nothing.",
    wrong: 'import { store } from "./store.js";   // in the entry',
    right: "pluginEntry: dist/plugin.js   # bundled to one file",
    fix: "bundle the entry to one file",
    documents: ["manifest"],
    check: checkImports,
  },
  {
    code: "buntime/entrypoint-missing",
    severity: "warning",
    title: "the plugin's page does not exist",
    host: "The plugin loads. Its worker falls back to index.html, index.ts, index.js, index.mjs at the top of the folder, and has no page when none is there.",
    wrong: "entrypoint: dist/index.htm",
    right: "entrypoint: dist/index.html",
    fix: "build the page, or correct `entrypoint`",
    documents: ["manifest"],
    check: checkPage,
  },
  {
    code: "buntime/entrypoint-without-base",
    severity: "information",
    title: "a page without a base has no address",
    host: "A page is served below `base`; without one it can't be opened, unless the plugin's code sets a base.",
    wrong: "entrypoint: dist/index.html",
    right: "base: /notes\nentrypoint: dist/index.html",
    fix: "add `base`, or remove `entrypoint`",
    documents: ["manifest"],
    check: checkPageBase,
  },
];

interface Written {
  readonly node: ScalarNode;
  readonly text: string;
  readonly folder: string;
}

/** A path that is written, in a folder of which something is known. */
function written(manifest: Manifest, key: string): Written | undefined {
  const node = asScalar(topField(manifest, key)?.value);
  const text = topText(manifest, key);
  const { folder } = manifest;
  return node && text && folder !== undefined ? { node, text, folder } : undefined;
}

function checkEntry(manifest: Manifest, report: Report): void {
  const entry = written(manifest, "pluginEntry");
  if (entry) {
    checkWritten(manifest, report, entry);
    return;
  }
  const value = asValue(topField(manifest, "pluginEntry")?.value, manifest);
  const isWritten = topField(manifest, "pluginEntry") !== undefined;
  // A number, a list and the like are told as such.
  if (isWritten && value !== null && value !== "") return;
  checkAbsent(manifest, report);
}

function checkWritten(manifest: Manifest, report: Report, { node, text, folder }: Written): void {
  const { files } = manifest.workspace;
  const path = entryPath(folder, text);
  // What leads out of the folder is told as that.
  if (files.kind(path) !== "none" || leavesFolder(folder, text)) return;
  const fixes = changeToAny(manifest, node, likeNames(text, path, files));
  const fallback = firstFile(folder, FALLBACKS, files);
  if (fallback) {
    const message = `"${text}" does not exist; the host runs ${fallback} instead. Build the plugin or correct "pluginEntry"`;
    report(node, message, { severity: "warning", fixes });
    return;
  }
  // Where another file of nearly this name was built, the build is done.
  const certain = (!isBuilt(text) || fixes.length > 0) && hasOtherFiles(folder, files);
  const message = `"${text}" does not exist and the host skips a folder without its entry; build the plugin or correct "pluginEntry"`;
  report(node, message, { severity: certain ? "error" : "warning", fixes });
}

/** Paths written like this one that lead to a file of nearly its name. */
const likeNames = (text: string, path: string, files: Files): readonly string[] =>
  nearest(basename(path), namesBeside(path, files)).map(
    (name) => text.slice(0, text.length - basename(text).length) + name,
  );

/** How sure it is that no file beside the manifest is the plugin's code: undefined where one is, or nothing is known. */
export function lackOfEntry({ root, folder, parsed, workspace: { files } }: Manifest): "error" | "warning" | undefined {
  const keys = asMap(root)?.pairs.map(keyText);
  if (folder === undefined || !keys || files.kind(folder) !== "directory") return undefined;
  // In broken text it may be there and not be read.
  if (parsed.tree.problems.length > 0) return undefined;
  // An app among plugins is told by a rule of its own.
  if (looksLikeApp(new Set(keys))) return undefined;
  const top = files.list(folder);
  if (!top || firstFile(folder, FALLBACKS, files)) return undefined;
  // A module right in a plugins directory needs no look-up, whatever its name.
  return hasOtherFiles(folder, files) && !top.some(({ name }) => /\.[jt]s$/.test(name)) ? "error" : "warning";
}

function checkAbsent(manifest: Manifest, report: Report): void {
  const { root, folder, workspace } = manifest;
  const severity = lackOfEntry(manifest);
  // A misspelt `pluginEntry` is told by a rule of its own.
  const isMisspelt = asMap(root)?.pairs.some((pair) => nearField(keyText(pair) ?? "")?.name === "pluginEntry");
  if (!severity || isMisspelt || folder === undefined) return;
  const { files } = workspace;
  const built = firstFile(folder, ["dist/plugin.js", "dist/index.js", "build/plugin.js", "src/plugin.ts"], files);
  const pair = topField(manifest, "name");
  const empty = topField(manifest, "pluginEntry");
  const edit = built && pair && !empty ? addBelow(manifest, pair, "pluginEntry", built) : undefined;
  const message = `none of ${ORDER} stands beside the manifest, so the host skips this folder without a word; name the code in "pluginEntry"`;
  report(empty ? placeOf(empty) : headOf(manifest), message, {
    severity,
    ...(edit && { fixes: [{ title: `Add "pluginEntry: ${built}"`, edits: [edit] }] }),
  });
}

function checkDirectory(manifest: Manifest, report: Report): void {
  const entry = written(manifest, "pluginEntry");
  if (!entry) return;
  const { files } = manifest.workspace;
  const path = entryPath(entry.folder, entry.text);
  if (files.kind(path) !== "directory") return;
  const inside = firstFile(path, ["plugin.js", "plugin.ts", "index.js", "index.ts", "plugin.mjs"], files);
  const better = inside && `${entry.text.replace(/\/+$/, "")}/${inside}`;
  report(entry.node, `"${entry.text}" is a directory, which the host can't import; name the file in it`, {
    ...(better !== undefined && { fixes: changeTo(manifest, entry.node, better) }),
  });
}

function checkOutside(manifest: Manifest, report: Report): void {
  for (const key of ["pluginEntry", "entrypoint"]) {
    const entry = written(manifest, key);
    if (!entry || !leavesFolder(entry.folder, entry.text)) continue;
    report(
      entry.node,
      `"${entry.text}" leads out of the plugin's folder and never is in its archive; build it into the folder`,
    );
  }
}

function checkOrder(manifest: Manifest, report: Report): void {
  const { folder, workspace } = manifest;
  const pair = topField(manifest, "name");
  if (folder === undefined || !pair?.key || topText(manifest, "pluginEntry")) return;
  const first = firstFile(folder, FALLBACKS, workspace.files);
  if (!first) return;
  const stem = first.slice(0, -3);
  const other = firstFile(folder, [`${stem}.js`, `dist/${stem}.js`], workspace.files);
  if (!other || other === first) return;
  const edit = addBelow(manifest, pair, "pluginEntry", other);
  report(pair.key, `the host runs ${first} here, not ${other}; say which one by "pluginEntry"`, {
    ...(edit && { fixes: [{ title: `Add "pluginEntry: ${other}"`, edits: [edit] }] }),
  });
}

function checkImports(manifest: Manifest, report: Report): void {
  const entry = written(manifest, "pluginEntry");
  const { files } = manifest.workspace;
  const path = entry && entryPath(entry.folder, entry.text);
  const text = path && files.read(path);
  const first = text ? localImports(text).find((from) => isThere(path, from, files) !== false) : undefined;
  if (!entry || first === undefined) return;
  report(
    entry.node,
    `"${entry.text}" imports "${first}", which a reload won't read again after a change; bundle the entry to one file`,
  );
}

function checkPage(manifest: Manifest, report: Report): void {
  const page = written(manifest, "entrypoint");
  if (!page) return;
  const { files } = manifest.workspace;
  const path = entryPath(page.folder, page.text);
  const kind = files.kind(path);
  if (kind !== "none" && kind !== "directory") return;
  const fallback = firstFile(page.folder, PAGE_FALLBACKS, files);
  const fixes = changeToAny(manifest, page.node, likeNames(page.text, path, files));
  const state = kind === "directory" ? "is a directory" : "does not exist";
  const then = fallback ? `the host serves ${fallback} instead` : "the plugin has no page";
  report(page.node, `"${page.text}" ${state}, so ${then}; build the page or correct "entrypoint"`, { fixes });
}

function checkPageBase(manifest: Manifest, report: Report): void {
  const page = topField(manifest, "entrypoint");
  if (!page?.key || !topText(manifest, "entrypoint") || topField(manifest, "base")) return;
  if (mayBeMeant(manifest, "base")) return;
  if (looksLikeApp(new Set(asMap(manifest.root)?.pairs.map(keyText)))) return;
  const base = ownBase(manifest);
  report(page.key, 'a page without a base has no address on the host; add "base", or remove "entrypoint"', {
    fixes: [
      ...(base === undefined ? [] : addField(manifest, asMap(manifest.root), "base", base)),
      ...removeField(manifest, page),
    ],
  });
}
