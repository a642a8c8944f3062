// Rules about where a plugin lies: in a folder that the loader scans, among plugins or among apps.

import { keyText, type Span } from "../../../text/node.js";
import { basename, dirname } from "../../../text/paths.js";
import type { Fix } from "../../problem.js";
import { asMap } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { graphOf } from "../graph.js";
import { filesWithDirs, hostDirs, mayBeDir } from "../hostDirs.js";
import { looksLikeApp } from "../recognise.js";
import { headOf } from "../tree.js";

export const placeRules: readonly Rule[] = [
  {
    code: "buntime/never-scanned",
    severity: "warning",
    title: "the loader never looks into this folder",
    host: "In a plugins directory the loader scans each folder, and each folder of an @scope; not deeper, and since v0.2.26 no folder that begins with a dot. The folder for a version, `notes/1.0.0/`, is a habit of apps.",
    wrong: "plugins/notes/1.0.0/manifest.yaml",
    right: "plugins/notes/manifest.yaml",
    fix: "move the plugin right below the plugins directory, or below one @scope",
    documents: ["manifest"],
    check: checkPlace,
  },
  {
    code: "buntime/plugin-among-apps",
    severity: "warning",
    title: "a plugin stands among the apps",
    host: "Apps and plugins have manifests of the same name, told apart by their place alone. What lies in a directory of RUNTIME_WORKER_DIRS is served as an app; its plugin code is never loaded. Told where a compose or .env file near it sets such a directory up.",
    wrong: "apps/notes/manifest.yaml   # with pluginEntry",
    right: "plugins/notes/manifest.yaml",
    fix: "move the folder to a plugins directory",
    documents: ["manifest"],
    check: checkAmongApps,
  },
  {
    code: "buntime/app-manifest",
    severity: "warning",
    title: "the manifest of an app stands among plugins",
    host: "Apps and plugins have manifests of the same name, told apart by their place alone. Among plugins an app is ignored; sent to the plugins' upload it is accepted, never loaded and never reported.",
    wrong: "entrypoint: index.html\nvisibility: public   # below plugins/",
    right: 'name: "@example/notes"\nbase: /notes\npluginEntry: dist/plugin.js',
    fix: "move the app to the apps directory, or make it a plugin",
    documents: ["manifest"],
    check: checkApp,
  },
  {
    code: "buntime/old-variable",
    severity: "warning",
    title: "the plugins directory is set by a variable that no host reads",
    host: "Hosts read RUNTIME_PLUGIN_DIRS. The guide names PLUGIN_DIRS as well, but since v0.2.15 no host reads that: it scans its default directories, and this plugin isn't loaded. Told where a .env file near the plugin, or a compose file about Buntime, names the folder by the old variable alone.",
    wrong: "PLUGIN_DIRS=./extensions",
    right: "RUNTIME_PLUGIN_DIRS=./extensions",
    fix: "call the variable RUNTIME_PLUGIN_DIRS",
    documents: ["manifest"],
    check: checkVariable,
  },
  {
    code: "buntime/folder-is-link",
    severity: "information",
    title: "the plugin's folder is a symbolic link",
    host: "The loader follows the link and loads the plugin, but the list of installed plugins leaves it out, so it can't be removed, enabled or disabled there. Packages hold no links.",
    wrong: "plugins/notes -> ../elsewhere/notes",
    right: "plugins/notes/manifest.yaml",
    fix: "put the folder itself into the plugins directory, or package and upload it from where it is",
    documents: ["manifest"],
    check: checkLink,
  },
];

function checkPlace(manifest: Manifest, report: Report): void {
  const { folder, workspace } = manifest;
  if (folder === undefined || !asMap(manifest.root)) return;
  const parent = dirname(folder);
  const name = basename(folder);
  // Inside an @scope such folders are scanned.
  if (name.startsWith(".") && !basename(parent).startsWith("@") && isPluginsDirectory(parent, manifest)) {
    report(headOf(manifest), `hosts since v0.2.26 skip "${name}", since it begins with a dot; rename the folder`);
    return;
  }
  const isDeep = !basename(parent).startsWith("@") && !isPluginsDirectory(parent, manifest);
  const directory = dirname(parent);
  const isOwned = workspace.files.kind(`${parent}/manifest.yaml`) === "file";
  const isTelling = /^\.?plugins$/.test(basename(directory)) || /^(v?\d+(\.\d+)+.*|latest)$/.test(name);
  if (!isDeep || isOwned) return;
  if (
    !hostDirs("plugins", manifest.folder, manifest.workspace).includes(directory) &&
    !(isTelling && isPluginsDirectory(directory, manifest))
  )
    return;
  const shown = `${basename(directory)}/${basename(parent)}/${name}`;
  report(
    headOf(manifest),
    `"${shown}" is too deep: hosts scan the folders of a plugins directory and of one @scope only; move it to "${basename(directory)}/${basename(parent)}"`,
  );
}

/** Evident only when another plugin of the workspace stands right in it, or a host is set up with it. */
function isPluginsDirectory(directory: string, manifest: Manifest): boolean {
  const { folder } = manifest;
  const others = graphOf(manifest)
    .foldersIn(directory)
    .filter((one) => one !== folder && one !== dirname(folder ?? ""));
  return others.length > 0 || hostDirs("plugins", manifest.folder, manifest.workspace).includes(directory);
}

/** An app may have a base of its own; code of a plugin it has not. */
function checkAmongApps(manifest: Manifest, report: Report): void {
  const { folder, root, workspace } = manifest;
  const entry = asMap(root)?.pairs.find((pair) => keyText(pair) === "pluginEntry");
  if (folder === undefined || !entry?.key) return;
  const above = [dirname(folder), dirname(dirname(folder))];
  const isOneOf = (dirs: readonly string[]) => dirs.find((one) => above.includes(one));
  const apps = isOneOf(hostDirs("apps", folder, workspace));
  if (apps === undefined || isOneOf(hostDirs("plugins", folder, workspace)) !== undefined) return;
  if (mayBeDir("plugins", folder, workspace)) return;
  report(
    entry.key,
    `"${basename(apps)}" is set up as a directory of apps, so the host never loads this as a plugin; move the folder to a plugins directory`,
  );
}

function checkApp(manifest: Manifest, report: Report): void {
  const map = asMap(manifest.root);
  if (!map || !looksLikeApp(new Set(map.pairs.map(keyText)))) return;
  report(
    headOf(manifest),
    "this looks like the manifest of an app, which the host ignores among plugins; move it to the apps, or give it a name and code",
  );
}

function checkVariable(manifest: Manifest, report: Report): void {
  const { folder, workspace } = manifest;
  if (folder === undefined || !asMap(manifest.root)) return;
  const parent = dirname(folder);
  const directory = basename(parent).startsWith("@") ? dirname(parent) : parent;
  const said = filesWithDirs("old", folder, workspace).find(({ dirs }) => dirs.includes(directory));
  if (!said || hostDirs("plugins", folder, workspace).includes(directory) || mayBeDir("plugins", folder, workspace))
    return;
  const { path } = said;
  // What a host scans that is told nothing.
  if (directory === `${dirname(path)}/plugins`) return;
  const names = [...(workspace.files.read(path) ?? "").matchAll(/(?<![\w.])PLUGIN_DIRS(?=["']?[ \t]*[=:])/g)];
  const [name] = names;
  const span: Span = name ? [name.index, name.index + name[0].length] : [0, 1];
  const fix: Fix = { title: "Call it RUNTIME_PLUGIN_DIRS", edits: [{ path, span, newText: "RUNTIME_PLUGIN_DIRS" }] };
  report(
    headOf(manifest),
    `${basename(path)} sets PLUGIN_DIRS, as the guide has it, but no host reads that and "${basename(directory)}" isn't scanned; call it RUNTIME_PLUGIN_DIRS`,
    {
      related: [{ message: "no host reads this variable", path, span }],
      fixes: names.length === 1 ? [fix] : [],
    },
  );
}

function checkLink(manifest: Manifest, report: Report): void {
  const { folder, workspace } = manifest;
  if (folder === undefined || !asMap(manifest.root)) return;
  const name = basename(folder);
  const own = workspace.files.list(dirname(folder))?.find((one) => one.name === name);
  if (own?.kind !== "link" || workspace.roots.includes(folder)) return;
  const message = `"${name}" is a link: the host loads the plugin but leaves it out of its list of installed ones, so it can't be removed there; put a copy in its place`;
  report(headOf(manifest), message);
}
