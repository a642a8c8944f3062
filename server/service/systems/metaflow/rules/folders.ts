// Rules about the folders behind a PLUGINS value: local plugins that are git checkouts, folders in a repository's way,
// plugin folders without a manifest. They speak only where the folder installed/ is found beside the value.

import { nearest } from "../../../text/nearest.js";
import { spanOf } from "../../../text/node.js";
import { basename } from "../../../text/paths.js";
import { remember } from "../../../text/remember.js";
import { changeTo, changeToAny } from "../../changes.js";
import type { Files } from "../../facts.js";
import { field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { type Entry, entriesOf } from "../entries.js";
import { type KnownPlugin, pluginsIn } from "../facts.js";
import {
  enclosingCheckout,
  installedFolder,
  isCheckout,
  isDefaultLayout,
  isPlainIdentifier,
  pluginFolder,
} from "../folders.js";
import { wrappedEntries } from "../wrapped.js";

export const folderRules: readonly Rule[] = [
  {
    code: "metaflow/local-checkout",
    severity: "warning",
    title: "a local plugin's folder is a git checkout",
    host: "At each start the service (2.5.1) fetches the checkout and forces it to origin/master, or to ref: uncommitted work in it is lost. Without such a branch the plugin isn't loaded. This holds for entries without repository too.",
    fix: "keep no .git in the folder: copy the files there, or give the entry its repository",
    documents: ["plugins"],
    check: localCheckout,
  },
  {
    code: "metaflow/installed-in-checkout",
    severity: "warning",
    title: "the plugins' folder lies inside a git checkout",
    host: "The service looks for a repository through the parent folders as well. For a plain plugin folder inside a checkout it fetches that checkout, forces it to origin/master (or ref) and so loses its uncommitted work; an entry with repository even rewrites its origin.",
    fix: "run the service on a copy outside of any checkout",
    documents: ["plugins"],
    check: installedInCheckout,
  },
  {
    code: "metaflow/folder-in-the-way",
    severity: "error",
    title: "a folder stands where the repository is to be cloned",
    host: "Git doesn't clone into a folder that isn't empty (exists and is not an empty directory), and the plugin isn't loaded.",
    fix: "remove the folder, or drop repository to load the folder as it is",
    documents: ["plugins"],
    check: folderInTheWay,
  },
  {
    code: "metaflow/local-folder-missing",
    severity: "warning",
    title: "the folder of a local plugin, or its manifest, isn't there",
    host: "An entry without repository loads installed/<identifier>; without that folder, or without a manifest.json at its top, the service logs Error loading plugin config and leaves the plugin out.",
    fix: "put the plugin's folder there, correct the identifier, or give a repository",
    documents: ["plugins"],
    check: localFolderMissing,
  },
  {
    code: "metaflow/path-without-manifest",
    severity: "error",
    title: "a folder of paths has no manifest",
    host: "Each item of paths needs a manifest.json at its top; one without is left out, the others load.",
    fix: "correct the path, or add the manifest",
    documents: ["plugins"],
    check: pathWithoutManifest,
  },
  {
    code: "metaflow/manifest-beside-paths",
    severity: "warning",
    title: "the folder's own manifest isn't read beside paths",
    host: "With paths each item is a plugin, and the folder itself isn't: a manifest.json at its top is never read.",
    fix: "move the plugin at the top into a folder of its own and list it in paths",
    documents: ["plugins"],
    check: manifestBesidePaths,
  },
  {
    code: "metaflow/same-name-entries",
    severity: "error",
    title: "two entries load plugins of one name",
    host: "The service finds a plugin by its manifest's name, the first in the order of PLUGINS; the later one is listed but never served or shown.",
    fix: "give one of the plugins another name",
    documents: ["plugins"],
    check: sameNameEntries,
  },
];

function localCheckout(manifest: Manifest, report: Report): void {
  for (const { identifier, isLocal, pair } of entriesOf(manifest)) {
    const folder = isLocal ? pluginFolder(manifest, identifier) : undefined;
    if (folder === undefined || !pair.key || !isCheckout(manifest.workspace.files, folder)) continue;
    report(
      pair.key,
      `the folder of "${identifier}" is a git checkout: at each start the service forces it to origin/master or "ref", and uncommitted work is lost; remove its .git, or give a "repository"`,
    );
  }
}

function installedInCheckout(manifest: Manifest, report: Report): void {
  const { files } = manifest.workspace;
  const installed = installedFolder(manifest);
  const checkout = installed === undefined ? undefined : enclosingCheckout(files, installed);
  if (installed === undefined || checkout === undefined) return;
  const plain = entriesOf(manifest).find(({ identifier }) => {
    const folder = `${installed}/${identifier}`;
    return isPlainIdentifier(identifier) && files.kind(folder) === "directory" && !isCheckout(files, folder);
  });
  if (!plain?.pair.key) return;
  report(
    plain.pair.key,
    `installed/ lies in the git checkout "${basename(checkout)}": a service that runs here forces the whole checkout to origin/master or "ref", and uncommitted work is lost; run it on a copy outside`,
  );
}

function folderInTheWay(manifest: Manifest, report: Report): void {
  const { files } = manifest.workspace;
  const installed = installedFolder(manifest);
  if (installed === undefined || enclosingCheckout(files, installed) !== undefined) return;
  for (const { identifier, isLocal, repository, pair } of entriesOf(manifest)) {
    if (isLocal || repository === undefined || !pair.key || !isPlainIdentifier(identifier)) continue;
    const folder = `${installed}/${identifier}`;
    if (!files.list(folder)?.length || files.kind(`${folder}/.git`) !== "none") continue;
    report(
      pair.key,
      `the folder "${identifier}" in installed/ is there and no git checkout, so the service can't clone into it; remove the folder, or drop "repository"`,
      { severity: isDefaultLayout(manifest, installed) ? "error" : "warning" },
    );
  }
}

function localFolderMissing(manifest: Manifest, report: Report): void {
  const { files } = manifest.workspace;
  const installed = installedFolder(manifest);
  if (installed === undefined || wrappedEntries(manifest.root)) return;
  const taken = new Set(entriesOf(manifest).map(({ identifier }) => identifier));
  const free = (files.list(installed) ?? []).flatMap(({ name }) => (taken.has(name) ? [] : [name]));
  for (const { identifier, isLocal, misnamed, paths, pair } of entriesOf(manifest)) {
    const { key } = pair;
    if (!isLocal || misnamed.has("repository") || !key || !isPlainIdentifier(identifier)) continue;
    const folder = `${installed}/${identifier}`;
    if (files.kind(folder) === "none")
      report(
        key,
        `there is no folder "${identifier}" in installed/; put the plugin there, correct the name, or give a "repository"`,
        { fixes: changeToAny(manifest, key, nearest(identifier, free)) },
      );
    // What is wrong with "paths" is told there.
    else if (
      paths.length === 0 &&
      !misnamed.has("paths") &&
      !field(pair.value, "paths", manifest) &&
      files.kind(`${folder}/manifest.json`) === "none" &&
      files.kind(folder) === "directory"
    )
      report(
        key,
        `the folder "${identifier}" has no manifest.json at its top, so the service leaves it out; add one, or name its plugin folders in "paths"`,
      );
  }
}

function pathWithoutManifest(manifest: Manifest, report: Report): void {
  const { files } = manifest.workspace;
  for (const { node, path } of entriesOf(manifest).flatMap(({ paths }) => paths)) {
    const match = ITSELF.exec(path);
    if (!match) continue;
    const folder = match[1] ?? "";
    report(node, `"${path}" is a file, and "paths" names folders; the service leaves this plugin out`, {
      fixes: folder === "" ? [] : changeTo(manifest, node, folder),
    });
  }
  for (const { folder, node, path } of localPaths(manifest)) {
    if (files.kind(folder) === "none" || files.kind(folder) === "unknown" || ITSELF.test(path)) continue;
    const kind = files.kind(`${innerFolder(folder, path)}/manifest.json`);
    if (kind === "none")
      report(
        node,
        `there is no manifest.json in "${path}"; the service leaves this plugin out, correct the path or add the manifest`,
      );
  }
}

/** A manifest in place of its folder. */
const ITSELF = /^(?:(.*)\/)?manifest\.json$/;

function manifestBesidePaths(manifest: Manifest, report: Report): void {
  const { files } = manifest.workspace;
  for (const { identifier, isLocal, pair, paths } of entriesOf(manifest)) {
    const folder = isLocal && paths.length > 0 ? localFolder(manifest, identifier, files) : undefined;
    if (folder === undefined || files.kind(`${folder}/manifest.json`) !== "file") continue;
    if (paths.some(({ path }) => /^[./]*$/.test(path))) continue;
    report(
      field(pair.value, "paths", manifest)?.key ?? spanOf(pair),
      `with "paths" the folder "${identifier}" is no plugin itself: its manifest.json is never read; move it into a folder of its own`,
    );
  }
}

/** Items of `paths` of local plugins whose folder is found; a clone changes at the next fetch, so it isn't judged. */
function localPaths(manifest: Manifest) {
  return entriesOf(manifest).flatMap(({ identifier, isLocal, paths }) => {
    const folder =
      isLocal && paths.length > 0 ? localFolder(manifest, identifier, manifest.workspace.files) : undefined;
    if (folder === undefined) return [];
    return paths.filter(({ path }) => isInner(path)).map((item) => ({ ...item, folder, identifier }));
  });
}

function localFolder(manifest: Manifest, identifier: string, files: Files): string | undefined {
  const found = pluginFolder(manifest, identifier);
  if (found !== undefined || manifest.folder === undefined || !isPlainIdentifier(identifier)) return found;
  const beside = `${manifest.folder}/${identifier}`;
  return files.kind(beside) === "directory" ? beside : undefined;
}

const isInner = (path: string): boolean => !path.startsWith("/") && !path.split("/").includes("..");

function sameNameEntries(manifest: Manifest, report: Report): void {
  const byFolder = namesByFolder(pluginsIn(manifest.workspace));
  const first = new Map<string, { readonly title: string; readonly span: readonly [number, number] }>();
  for (const { folder, where, title } of loadedFolders(manifest)) {
    const name = byFolder.get(folder);
    if (!name) continue;
    const before = first.get(name);
    if (!before) first.set(name, { title, span: [where.start, where.end] });
    else {
      report(
        where,
        `this plugin's name is "${name}", like that of "${before.title}", which answers for both; give one another name`,
        { related: [{ message: `"${before.title}" comes first`, span: before.span }] },
      );
    }
  }
}

const namesByFolder = remember(
  (plugins: readonly KnownPlugin[]) => new Map(plugins.map(({ folder, name }) => [folder, name])),
);

function loadedFolders(manifest: Manifest) {
  return entriesOf(manifest).flatMap((entry) => {
    const folder = localFolder(manifest, entry.identifier, manifest.workspace.files);
    if (folder === undefined || !entry.isLocal) return [];
    return entry.paths.length > 0 ? pathFolders(entry, folder) : plainFolder(entry, folder);
  });
}

function pathFolders({ paths }: Entry, folder: string) {
  const seen = new Set<string>();
  return paths.flatMap(({ node, path }) => {
    const inner = innerFolder(folder, path);
    if (!isInner(path) || seen.has(inner)) return [];
    seen.add(inner);
    return [{ folder: inner, where: node, title: path }];
  });
}

function innerFolder(folder: string, path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return [folder, ...parts].join("/");
}

function plainFolder({ pair, identifier }: Entry, folder: string) {
  return pair.key ? [{ folder, where: pair.key, title: identifier }] : [];
}
