// Paths that lead to nothing: why, as far as their text tells, and what they may have meant.

import { nearest } from "../../../text/nearest.js";
import { keyText, type Span } from "../../../text/node.js";
import { basename, dirname, extname } from "../../../text/paths.js";
import type { Fix } from "../../problem.js";
import { fromRoot } from "../../shownPath.js";
import type { Manifest, Report } from "../../system.js";
import { removeEntry, written } from "../fixes/entries.js";
import { lineStart } from "../fixes/lines.js";
import { createMissing } from "../fixes/missing.js";
import { NAMES } from "../model/kustomization.js";
import { placesOf, refusedIn } from "../model/placed.js";
import { pluginOf } from "../model/plugin.js";
import { fieldOf, isNull, mapOf } from "../model/reading.js";
import type { Reference } from "../model/references.js";

export function missingFile(manifest: Manifest, report: Report): void {
  const openapi = mapOf(fieldOf(manifest.root, "openapi"));
  const none = openapi?.pairs.findLast((pair) => keyText(pair) === "path");
  if (none?.key && isNull(none.value))
    report(
      none.key,
      "without a file the build fails here, though null counts as absent elsewhere; name one or remove path",
    );
  for (const { reference, place } of refusedIn(manifest)) {
    if (place.code !== "missing-file") continue;
    const run = runOn(manifest, reference);
    if (run) {
      const message = `"${run.word}" is read as a part of the entry above; put it on the level of that, behind "- "`;
      report(run.span, message, { fixes: [run.fix] });
      continue;
    }
    const { path } = place;
    const near = nearFiles(reference, path, manifest);
    const fixes = [
      ...trimmed(reference, manifest),
      ...near,
      ...expanded(reference, path, manifest),
      // The file that it may have meant would be listed nowhere then, which among a plugin's manifests is a mistake.
      ...(near.length > 0 && pluginOf(manifest.parsed.path, manifest.workspace.files)
        ? []
        : createMissing(reference, path, manifest)),
      ...(near.length > 0 ? [] : removeEntry(manifest, reference)),
    ];
    report(reference.span, words(reference.text, fromRoot(path, manifest)), { ...(fixes.length > 0 && { fixes }) });
  }
}

/** Whether an entry that leads to nothing may have meant a file of its folder. */
export function isMeantBySome(manifest: Manifest, path: string): boolean {
  return refusedIn(manifest).some(({ reference: { text }, place }) => {
    if (place.code !== "missing-file" || dirname(place.path) !== dirname(path)) return false;
    const name = basename(path);
    const wanted = basename(place.path);
    return (
      /[*?]/.test(wanted) || text.includes(name) || stem(wanted) === stem(name) || nearest(wanted, [name]).length > 0
    );
  });
}

const stem = (name: string): string => name.slice(0, name.length - extname(name).length).toLowerCase();

function words(text: string, path: string): string {
  if (/[*?]/.test(text)) return `"${text}" does not exist; kustomize expands no globs, list each file`;
  if (/^~|\$/.test(text)) return `"${text}" does not exist; kustomize expands neither "~" nor variables`;
  if (text !== text.trim()) return `"${text}" does not exist; remove the blanks around the path`;
  const shown = path === text ? "" : ` (${path})`;
  return `"${text}" does not exist${shown}; correct the path or create it`;
}

/** What lies in the same folder under a name that is nearly this one: by another ending, or misspelt. */
function nearFiles({ text, span }: Reference, path: string, manifest: Manifest): Fix[] {
  const listed = (manifest.workspace.files.list(dirname(path)) ?? []).map(({ name }) => name);
  const wanted = stem(basename(path));
  const same = listed.filter((name) => stem(name) === wanted);
  const used = new Set(placesOf(manifest).flatMap(({ place }) => ("path" in place ? [place.path] : [])));
  const misspelt = wanted.length < 4 ? [] : nearest(basename(path), listed);
  return [...new Set([...same, ...misspelt])]
    .filter((name) => name !== basename(path) && !NAMES.some((one) => one === name))
    .filter((name) => same.includes(name) || !used.has(`${dirname(path)}/${name}`))
    .slice(0, 2)
    .map((name) => ({
      title: `Change to "${text.slice(0, text.length - basename(text).length)}${name}"`,
      edits: [{ span, newText: swapEnd(manifest, span, basename(text), name) }],
    }));
}

function swapEnd({ parsed }: Manifest, [start, end]: Reference["span"], from: string, to: string): string {
  const written = parsed.text.slice(start, end);
  const at = written.lastIndexOf(from);
  return at < 0 ? written : written.slice(0, at) + to + written.slice(at + from.length);
}

/** One entry for each file that a glob in the last part of a path means. */
function expanded({ node, text }: Reference, path: string, manifest: Manifest): Fix[] {
  const { parsed, workspace, folder } = manifest;
  const before = parsed.text.slice(lineStart(parsed.text, node.start), node.start);
  const isDeep = /[*?]/.test(dirname(text));
  if (!/[*?]/.test(text) || isDeep || folder === undefined || !/^\s*- +$/.test(before)) return [];
  const escaped = basename(path).replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const fits = new RegExp(`^${escaped.replace(/\*/g, ".*").replace(/\?/g, ".")}$`);
  const found = (workspace.files.list(dirname(path)) ?? []).filter(
    ({ name, kind }) => kind === "file" && fits.test(name) && !NAMES.some((one) => one === name),
  );
  const head = text.slice(0, text.length - basename(text).length);
  const newText = found.map(({ name }) => written(`${head}${name}`)).join(`${parsed.eol}${before}`);
  const title = found.length === 1 ? "List the file" : `List the ${found.length} files`;
  return found.length === 0 ? [] : [{ title, edits: [{ span: [node.start, node.end], newText }] }];
}

/**
 * The second line of a text that runs over lines: an entry whose "-" is missing, or stands too far to the right.
 *
 *     - deployment.yaml
 *       service.yaml          <- "deployment.yaml service.yaml" is one path
 */
function runOn(
  { parsed }: Manifest,
  { node }: Reference,
): { readonly span: Span; readonly fix: Fix; readonly word: string } | undefined {
  const source = parsed.text.slice(node.start, node.end);
  const line = /\r?\n([ \t]*)((?:- *)?([^\s#]+))/.exec(source);
  const before = parsed.text.slice(lineStart(parsed.text, node.start), node.start);
  if (node.kind !== "scalar" || node.style !== "plain" || !line || !/^\s*- +$/.test(before)) return undefined;
  const start = node.start + line.index + line[0].length - (line[2] ?? "").length;
  const span = [start, start + (line[2] ?? "").length] as const;
  const edit = { span: [start - (line[1] ?? "").length, span[1]] as const, newText: `${before}${line[3] ?? ""}` };
  return { span, word: line[2] ?? "", fix: { title: "Make it an entry of its own", edits: [edit] } };
}

function trimmed({ text, span, node }: Reference, { workspace, folder }: Manifest): Fix[] {
  const bare = text.trim();
  if (bare === text || bare === "" || folder === undefined || node.kind !== "scalar") return [];
  if (workspace.files.kind(`${folder}/${bare}`) === "none") return [];
  return [{ title: `Change to "${bare}"`, edits: [{ span, newText: bare }] }];
}
