// Strings whose meaning only Metaflow UI knows: the entrypoint, folders of `paths`, refs and repository addresses. Nothing
// is asked of a remote here; what one said when the user asked it is known.

import type { Choice, Kind, Use } from "../../kinds/kind.js";
import { pathKind } from "../../kinds/path.js";
import { basename } from "../../text/paths.js";
import type { RemoteRefs } from "../facts.js";
import { asString, field } from "../read.js";
import { entrypointTarget } from "./addresses.js";
import { entriesOf } from "./entries.js";
import { pluginFolder } from "./folders.js";
import { aboutPath } from "./identifiers.js";
import { askedWords, checkoutOf, refsOfRemote, remoteOf } from "./remotes.js";
import { topFiles } from "./rules/entrypoint.js";
import { isOneOf, SANDBOX_ABOUT, SANDBOX_TOKENS } from "./words.js";

export const kinds: Readonly<Partial<Record<string, Kind>>> = {
  path: {
    complete: (use) => (use.manifest.kind.id === "plugins" ? pluginFolders(use) : pages(use)),
    hover: (use) => (use.manifest.kind.id === "plugins" ? aboutPath(use) : pageAddress(use)),
    target: (use) => (use.manifest.kind.id === "plugins" ? folderManifest(use) : pathKind.target?.(use)),
  },
  gitRef: { complete: refs, hover: (use) => aboutAsked(use) ?? aboutRef(use.text) },
  gitUrl: { hover: aboutRepository },
  sandboxTokens: { complete: tokens, hover: aboutTokens },
  pluginName: { complete: nameOfFolder },
};

/** The tokens that aren't there yet, behind those that are; the last one may be half written. */
function tokens({ text }: Use): readonly Choice[] {
  const written = text.split(/\s+/).filter((token) => token !== "");
  const isHalf = /\S$/.test(text) && !isOneOf(SANDBOX_TOKENS, written.at(-1));
  const kept = isHalf ? written.slice(0, -1) : written;
  return SANDBOX_TOKENS.filter((token) => !kept.includes(token)).map((token): Choice => {
    const documentation = SANDBOX_ABOUT[token];
    return { value: [...kept, token].join(" "), kind: "value", ...(documentation !== undefined && { documentation }) };
  });
}

function aboutTokens({ text }: Use): string | undefined {
  const lines = text
    .toLowerCase()
    .split(/\s+/)
    .flatMap((token) => {
      const about = SANDBOX_ABOUT[token];
      return about === undefined ? [] : [`- \`${token}\`: ${about}`];
    });
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** Plugins are mostly called like their folder. */
function nameOfFolder({ manifest: { folder } }: Use): readonly Choice[] {
  return folder === undefined ? [] : [{ value: basename(folder), kind: "value", detail: "the folder's name" }];
}

/** Only files at the top of the folder are served. */
function pages({ manifest }: Use): readonly Choice[] {
  const names = topFiles(manifest) ?? [];
  return names
    .filter((name) => /\.html?$/i.test(name) && !name.startsWith("."))
    .map((value) => ({ value, kind: "file", detail: "page at the top of the folder" }));
}

function pageAddress(use: Use): string | undefined {
  const { manifest, text } = use;
  const inField = (key: string) => asString(field(manifest.root, key, manifest)?.value, manifest);
  const name = inField("name");
  if (!name || text === "") return pathKind.hover?.(use);
  const address = `/plugin/${name}/${text}?v=${inField("version") ?? "undefined"}`.replace(/([^:])\/{2,}/g, "$1/");
  const slot = inField("slot");
  const shown = slot === undefined ? "never shown: there is no slot" : `then shown in the slot \`${slot}\``;
  const file = entrypointTarget(text).kind === "top" ? pathKind.hover?.(use) : undefined;
  const said = `The page loads \`${address}\` of the service in a hidden frame until the plugin registers, ${shown}.`;
  return [said, ...(file ? [file] : [])].join("\n\n");
}

/** Folders with a manifest below the plugin's own, for `paths`. */
function pluginFolders({ manifest, at }: Use): readonly Choice[] {
  const folder = typeof at[0] === "string" ? pluginFolder(manifest, at[0]) : undefined;
  const { files } = manifest.workspace;
  if (folder === undefined) return [];
  const below = (path: string) =>
    (files.list(`${folder}${path}`) ?? [])
      .filter(({ name, kind }) => kind === "directory" && !name.startsWith(".") && name !== "node_modules")
      .map(({ name }) => `${path}/${name}`);
  return ["", ...below("")]
    .flatMap(below)
    .filter((path, i, all) => all.indexOf(path) === i && files.kind(`${folder}${path}/manifest.json`) === "file")
    .map((path) => ({ value: path.slice(1), kind: "folder", detail: "has a manifest.json" }));
}

function folderManifest({ manifest, text, node }: Use): string | undefined {
  const entry = entriesOf(manifest).find(({ paths }) => paths.some((one) => one.node === node));
  const folder = entry && pluginFolder(manifest, entry.identifier);
  const path = `${folder}/${text.replace(/^(\.\/)+|\/+$/g, "")}/manifest.json`;
  return folder !== undefined && manifest.workspace.files.kind(path) === "file" ? path : undefined;
}

/** Those of the remote where it was asked; else the usual ones, and those that this value's other entries have. */
function refs(use: Use): readonly Choice[] {
  const { manifest, text } = use;
  const remote = remoteUnder(use);
  if (remote)
    return refsOfRemote(remote).map(({ ref, about }) => ({
      value: ref,
      kind: "value",
      detail: about,
      documentation: `${aboutRef(ref) ?? "A tag: the same commit at each start."} (${askedWords(remote)})`,
    }));
  const others = entriesOf(manifest).flatMap(({ ref }) => asString(ref?.value, manifest) ?? []);
  const used = others.filter((one) => one !== "" && one !== text);
  return [...new Set(["origin/main", "origin/master", "origin/HEAD", ...used])].map((value) => {
    const about = aboutRef(value);
    return { value, kind: "value", ...(about !== undefined && { documentation: about }) };
  });
}

function remoteUnder({ manifest, at }: Use): RemoteRefs | undefined {
  const entry = entriesOf(manifest).find(({ identifier }) => identifier === at[0]);
  return entry && remoteOf(manifest, entry);
}

/** What the remote has under this name. */
function aboutAsked(use: Use): string | undefined {
  const remote = remoteUnder(use);
  if (!remote || use.text === "" || /[~^:]|@\{/.test(use.text)) return undefined;
  const found = checkoutOf(use.text, remote);
  const asked = `(${askedWords(remote)})`;
  switch (found.is) {
    case "branch":
      return `\`${found.name}\` is ${found.name === remote.head ? "the default branch" : "a branch"}; each start takes its newest state ${asked}`;
    case "default":
      return `The default branch, now \`${found.name}\`; each start takes its newest state ${asked}`;
    case "tag":
      return `\`${found.name}\` is a tag: the same commit at each start ${asked}`;
    case "fixed":
      return `The default branch \`${found.name}\` as it was at the first clone: later pushes are never followed ${asked}`;
    default:
      return `The remote has nothing that the service could check out by this name ${asked}`;
  }
}

function aboutRef(ref: string): string | undefined {
  const branch = /^(?:refs\/remotes\/)?origin\/(.+)$/.exec(ref)?.[1];
  if (branch === "HEAD" || ref === "origin")
    return "Follows the remote's default branch: each start takes its newest state.";
  if (branch !== undefined && !/[~^:]|@\{/.test(branch))
    return `Follows the branch \`${branch}\`: each start takes its newest state.`;
  if (/^(refs\/)?tags\/./.test(ref)) return "A tag: the same commit at each start.";
  if (ref === "HEAD" || /^(refs\/heads\/.+|main|master)$/.test(ref))
    return "The state of the first clone: later pushes are never followed.";
  return undefined;
}

function aboutRepository({ manifest, at }: Use): string | undefined {
  const entry = entriesOf(manifest).find(({ identifier }) => identifier === at[0]);
  if (!entry || entry.isLocal) return undefined;
  const ref = asString(entry.ref?.value, manifest) || "origin/master";
  const place = `installed/${entry.identifier}`;
  const plugins =
    entry.paths.length > 0 ? ` Its plugins: ${entry.paths.map(({ path }) => `\`${path}\``).join(", ")}.` : "";
  return `Cloned into \`${place}\` at the service's start, or fetched where that is a clone; then \`${ref}\` is checked out by force.${plugins}`;
}
