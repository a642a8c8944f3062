// The keys that a generator writes, and the lines of its env files.

import type { MapNode, Node } from "../../../text/node.js";
import { basename } from "../../../text/paths.js";
import { isNoUtf8 } from "../../encoding.js";
import type { Fix } from "../../problem.js";
import type { Manifest, Report } from "../../system.js";
import { placeAt, placesIn } from "../model/placed.js";
import { listOf, pairOf, stringsOf } from "../model/reading.js";

export interface Key {
  readonly key: string;
  readonly node: Node;
}

/** Keys that a generator writes, in kustomize's order of sources; those of remote or unreadable files are left out. */
export function keysOf(item: MapNode, manifest: Manifest): Key[] {
  const envs = [...listOf(item, "envs"), pairOf(item, "env")?.value].flatMap((node) =>
    node ? envKeys(node, manifest) : [],
  );
  const literals = stringsOf(item, "literals").flatMap(({ node, text }) =>
    text.indexOf("=") > 0 ? [{ key: text.slice(0, text.indexOf("=")), node }] : [],
  );
  const files = stringsOf(item, "files").flatMap(({ node, text }) => {
    const parts = text.split("=");
    return parts.length > 2 ? [] : [{ key: parts.length === 2 ? (parts[0] ?? "") : basename(text), node }];
  });
  return [...envs, ...literals, ...files];
}

function envKeys(node: Node, manifest: Manifest): Key[] {
  const text = envText(node, manifest)?.text;
  if (text === undefined) return [];
  return text.split(/\r?\n/).flatMap((line) => {
    const bare = line.trimStart();
    if (bare === "" || bare.startsWith("#")) return [];
    return [{ key: bare.split("=")[0] ?? "", node }];
  });
}

function envText(node: Node, manifest: Manifest): { readonly path: string; readonly text: string } | undefined {
  const found = placeAt(manifest, node);
  if (found?.is !== "file") return undefined;
  const text = manifest.workspace.files.read(found.path);
  return text === undefined ? undefined : { path: found.path, text: text.replace(/^\uFEFF/, "") };
}

export function envLines(manifest: Manifest, report: Report): void {
  for (const { reference, place } of ["envs", "env"].flatMap((field) => placesIn(manifest, field))) {
    if (place.is !== "file") continue;
    const text = manifest.workspace.files.read(place.path) ?? "";
    if (isNoUtf8(manifest.workspace.files, place.path, text))
      report(reference.span, `"${reference.text}" is no UTF-8 text and fails the build; save it as UTF-8`, {
        severity: "error",
      });
    const lines = text.split(/\r?\n/);
    const at = lines.findIndex((line) => /^\s*export\s+[^=\s]+=/.test(line));
    if (at >= 0)
      report(
        reference.span,
        `line ${at + 1} of "${reference.text}" begins with "export", which kustomize keeps in the key; remove it`,
        { fixes: [withoutExport(place.path, text)] },
      );
  }
}

/** In all lines: one is as little meant as the other. */
function withoutExport(path: string, text: string): Fix {
  const edits = [...text.matchAll(/^([ \t]*)export[ \t]+(?=[^=\s]+=)/gm)].map(({ 0: found, 1: blank = "", index }) => ({
    path,
    span: [index + blank.length, index + found.length] as const,
    newText: "",
  }));
  return { title: `Remove "export" from ${basename(path)}`, edits };
}
