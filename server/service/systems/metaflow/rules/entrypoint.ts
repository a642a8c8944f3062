// Rules about the entrypoint's address: what the page makes of it, and whether the service has such a file.

import { nearest } from "../../../text/nearest.js";
import type { Node } from "../../../text/node.js";
import { basename, dirname } from "../../../text/paths.js";
import { changeTo, changeToAny } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asString, field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { entrypointTarget, type Target } from "../addresses.js";

export const entrypointRules: readonly Rule[] = [
  {
    code: "metaflow/entrypoint-absolute",
    severity: "error",
    title: "the entrypoint is an absolute address",
    host: "The page always puts the service's own address in front, so an absolute address is asked from the service and answered 404; nothing shows. The guide shows an https address, but no state of the page since 2021 has treated one specially, so for those this is a warning.",
    wrong: '"entrypoint": "https://hostname/index.html"',
    right: '"entrypoint": "index.html"',
    fix: "put a page at the top of the plugin's folder and name it; it may load the remote one itself",
    documents: ["manifest"],
    check: absolute,
  },
  {
    code: "metaflow/entrypoint-in-subfolder",
    severity: "error",
    title: "the entrypoint lies in a subfolder",
    host: "The service serves only files at the top of the plugin's folder; a path with a slash is a 404 and nothing shows.",
    wrong: '"entrypoint": "dist/index.html"',
    right: '"entrypoint": "index.html"',
    fix: "have the build write flat output beside manifest.json, or list the subfolder in paths of the PLUGINS entry, with a manifest.json of its own",
    documents: ["manifest"],
    check: subfolder,
  },
  {
    code: "metaflow/entrypoint-leaves-folder",
    severity: "error",
    title: "the entrypoint leaves the plugin's routes",
    host: "The browser folds .. away before it asks, so the request goes to another route of the service, not to a plugin's file; nothing shows.",
    fix: "name a file at the top of the plugin's own folder",
    documents: ["manifest"],
    check: outside,
  },
  {
    code: "metaflow/entrypoint-of-other-plugin",
    severity: "information",
    title: "the entrypoint is another plugin's file",
    host: "../<plugin>/<file> loads that plugin's file under this plugin's name, and breaks when the other is renamed or removed.",
    fix: "copy the page into this plugin's folder",
    documents: ["manifest"],
    check: otherPlugin,
  },
  {
    code: "metaflow/entrypoint-missing",
    severity: "error",
    title: "the entrypoint's file does not exist",
    host: "The service doesn't check the entrypoint: the plugin is listed, the hidden frame gets a 404 and nothing shows. Names count exactly, upper and lower case included; folders and dot files are never served.",
    fix: "create or build the file beside manifest.json, or correct the name",
    documents: ["manifest"],
    check: missing,
  },
  {
    code: "metaflow/entrypoint-not-page",
    severity: "warning",
    title: "the entrypoint is no HTML page",
    host: "The service sends the type by the file's ending, and a file without one as bytes to be downloaded. The frame shows a script as its text and runs nothing of a picture or a program; the plugin never registers.",
    wrong: '"entrypoint": "plugin.js"',
    right: '"entrypoint": "index.html"',
    fix: "name an HTML page that loads the script",
    documents: ["manifest"],
    check: notPage,
  },
];

interface Entrypoint {
  readonly node: Node;
  readonly text: string;
  readonly target: Target;
}

/** The entrypoint of a manifest; undefined when it is no text or empty, which the schema reports. */
export function entrypointOf(manifest: Manifest): Entrypoint | undefined {
  const node = field(manifest.root, "entrypoint", manifest)?.value;
  const text = asString(node, manifest);
  return node && text ? { node, text, target: entrypointTarget(text) } : undefined;
}

function absolute(manifest: Manifest, report: Report): void {
  const entrypoint = entrypointOf(manifest);
  if (entrypoint?.target.kind !== "absolute") return;
  const { node, text, target } = entrypoint;
  const message = `the page puts the service's own address before "${text}" and gets a 404; name a file at the top of the plugin's folder`;
  const fixes = sameNameAtTop(manifest, node, target.name);
  if (target.web)
    report(node, `${message} (the guide's absolute address never worked)`, { severity: "warning", fixes });
  else report(node, message, { fixes });
}

function subfolder(manifest: Manifest, report: Report): void {
  const entrypoint = entrypointOf(manifest);
  if (entrypoint?.target.kind !== "subfolder") return;
  const { node, text, target } = entrypoint;
  report(
    node,
    `the service serves only files at the top of the plugin's folder, "${text}" is a 404; build flat output beside manifest.json, or list the subfolder in "paths" of the PLUGINS entry`,
    { fixes: sameNameAtTop(manifest, node, target.name) },
  );
}

function sameNameAtTop(manifest: Manifest, node: Node, name: string): readonly Fix[] {
  return topFiles(manifest)?.includes(name) ? changeTo(manifest, node, name) : [];
}

function outside(manifest: Manifest, report: Report): void {
  const entrypoint = entrypointOf(manifest);
  if (entrypoint?.target.kind !== "outside") return;
  report(
    entrypoint.node,
    `"${entrypoint.text}" leaves the plugin's folder, and the service serves no plugin file there; name a file at the folder's top`,
  );
}

function otherPlugin(manifest: Manifest, report: Report): void {
  const entrypoint = entrypointOf(manifest);
  if (entrypoint?.target.kind !== "otherPlugin") return;
  const { plugin, name } = entrypoint.target;
  report(
    entrypoint.node,
    `this loads "${name}" of the plugin "${plugin}" under this plugin's name; copy the page into this folder`,
  );
}

function missing(manifest: Manifest, report: Report): void {
  const entrypoint = entrypointOf(manifest);
  if (!entrypoint) return;
  const { node, target } = entrypoint;
  if (target.kind === "folder") {
    report(node, `"${entrypoint.text}" is the folder itself, which the service answers with its own page; name a file`);
    return;
  }
  const names = target.kind === "top" ? topFiles(manifest) : undefined;
  if (target.kind !== "top" || !names || (names.includes(target.name) && !target.name.startsWith("."))) return;
  if (isSourceFolder(manifest)) return;
  const what = target.name.startsWith(".")
    ? `"${target.name}" is a dot file, which the service never serves; give it another name`
    : `"${target.name}" does not exist beside manifest.json; build the plugin or correct "entrypoint"`;
  const pages = names.filter((name) => /\.x?html?$/i.test(name) && !name.startsWith("."));
  const near = nearest(target.name, pages);
  const likely = [...near, ...pages.filter((name) => !near.includes(name))].slice(0, 3);
  const isAlone =
    !target.name.startsWith(".") &&
    names.every((name) => /^(manifest\.json|\..*|(readme|license)(\..*)?)$/i.test(name));
  const isInstalled = manifest.folder?.includes("/installed/") ?? false;
  report(node, what, {
    fixes: changeToAny(manifest, node, likely),
    severity: isAlone && !isInstalled ? "warning" : "error",
  });
}

function notPage(manifest: Manifest, report: Report): void {
  const entrypoint = entrypointOf(manifest);
  if (entrypoint?.target.kind !== "top") return;
  const { node, target } = entrypoint;
  const names = topFiles(manifest);
  // Of a file that isn't there the other rule speaks.
  const isBare = /^[^.]+$/.test(target.name) && (names?.includes(target.name) ?? true);
  if (!isBare && !NO_PAGE.test(target.name)) return;
  const pages = (names ?? []).filter((name) => /\.html?$/i.test(name)).slice(0, 3);
  const what = isBare
    ? `"${target.name}" has no file ending, so the service sends it as bytes to be downloaded; call the page "${target.name}.html"`
    : `"${target.name}" is no HTML page: the frame doesn't run it and the plugin never registers; name a page that loads it`;
  report(node, what, { fixes: changeToAny(manifest, node, pages) });
}

const NO_PAGE =
  /\.(m?[jt]sx?|css|json|md|txt|vue|svelte|py|php|aspx?|jsp|png|jpe?g|gif|webp|ico|pdf|zip|t?gz|ya?ml|toml|wasm|map|woff2?)$/i;

/** Bare names of the files at the top of the plugin's folder; undefined where the disk can't be known. */
export function topFiles({ folder, workspace }: Manifest): readonly string[] | undefined {
  if (folder === undefined) return undefined;
  return workspace.files
    .list(folder)
    ?.filter(
      ({ name, kind }) => kind === "file" || (kind === "link" && workspace.files.kind(`${folder}/${name}`) === "file"),
    )
    .map(({ name }) => name);
}

/** `public/` and the like beside a package.json: what is served is built from it, so its own files say nothing. */
function isSourceFolder({ folder, workspace }: Manifest): boolean {
  if (folder === undefined || !/^(public|static|assets|src)$/.test(basename(folder))) return false;
  return workspace.files.kind(`${dirname(folder)}/package.json`) === "file";
}
