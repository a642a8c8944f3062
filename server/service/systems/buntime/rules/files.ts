// Rules about the file itself: its name, the shape of its document, and what stands beside it.

import { isJson } from "../../../text/json/isJson.js";
import { basename, dirname } from "../../../text/paths.js";
import type { Fix } from "../../problem.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { headOf } from "../tree.js";

export const fileRules: readonly Rule[] = [
  {
    code: "buntime/several-documents",
    severity: "error",
    title: "the file holds several documents",
    host: "The parser yields a list of documents, in which the loader finds no name: it ignores the folder.",
    wrong: "name: notes\n---\nname: archive",
    right: "name: notes",
    fix: "keep one document; each plugin has a folder and a manifest of its own",
    documents: ["manifest"],
    check: checkDocuments,
  },
  {
    code: "buntime/manifest-unread",
    severity: "warning",
    title: "manifest.yml beside manifest.yaml is not read",
    host: "manifest.yaml wins. Only when it can't be parsed the loader turns to manifest.yml; uploads and the worker fail then.",
    wrong: "manifest.yml   # beside manifest.yaml",
    right: "manifest.yaml",
    fix: "keep one of the two files",
    documents: ["manifest"],
    check: checkBeside,
  },
  {
    code: "buntime/package-json-broken",
    severity: "warning",
    title: "package.json beside the manifest can't be read",
    host: "An upload reads package.json as well and answers 500 when it can't be parsed, even where the manifest says all it needs. A folder that is copied by hand loads.",
    wrong: '{ "name": "notes", }   // package.json',
    right: '{ "name": "notes" }',
    fix: "mend package.json, or leave it out of the package",
    documents: ["manifest"],
    check: checkPackage,
  },
  {
    code: "buntime/manifest-file-name",
    severity: "error",
    title: "the file's name is not in lower case",
    host: "Hosts look for manifest.yaml, then manifest.yml, in lower case only.",
    wrong: "Manifest.yaml",
    right: "manifest.yaml",
    fix: "rename the file to manifest.yaml",
    documents: ["manifest"],
    check: checkFileName,
  },
  {
    code: "buntime/old-manifest",
    severity: "error",
    title: "no released host reads a JSON manifest",
    host: "buntime.jsonc, manifest.jsonc and manifest.json were given up before the first release; a folder without manifest.yaml is ignored. The content may stay: JSON text in a manifest.yaml is accepted.",
    wrong: "manifest.json",
    right: "manifest.yaml",
    fix: "rename the file to manifest.yaml",
    documents: ["old-manifest"],
    check: checkOld,
  },
];

function checkDocuments({ parsed }: Manifest, report: Report): void {
  const second = parsed.tree.documents[1];
  if (!second) return;
  const { text } = parsed;
  const first = parsed.tree.documents[0]?.root;
  const from = Math.max(0, first?.end ?? 0);
  const marker = /^---/m.exec(text.slice(from));
  const start = marker ? from + marker.index : Math.min(second.start, Math.max(0, text.length - 1));
  // Whether the host's parser counts a marker with nothing behind it isn't known.
  const isEmpty = parsed.tree.documents.slice(1).every(({ root }) => !root || root.end === root.start);
  report(
    [start, Math.min(text.length, start + 3)],
    "a second document begins here, and the host ignores a folder whose manifest holds several; keep one",
    { severity: isEmpty ? "warning" : "error" },
  );
}

function checkBeside(manifest: Manifest, report: Report): void {
  const { path } = manifest.parsed;
  if (path === undefined || basename(path) !== "manifest.yml") return;
  const other = `${dirname(path)}/manifest.yaml`;
  if (manifest.workspace.files.kind(other) !== "file") return;
  const isBroken = (manifest.workspace.open(other)?.parsed.tree.problems.length ?? 0) > 0;
  const message = isBroken
    ? "the host reads this file only because manifest.yaml beside it can't be parsed, and refuses an upload of both; keep one of the two"
    : "the host reads manifest.yaml beside this file and not this one; keep one of the two";
  report(headOf(manifest), message, {
    related: [{ message: isBroken ? "this one can't be parsed" : "this one is read", path: other, span: [0, 1] }],
    fixes: isBroken ? [] : [{ title: "Delete manifest.yml", edits: [], files: [{ remove: path }] }],
  });
}

function checkPackage(manifest: Manifest, report: Report): void {
  const { folder, workspace } = manifest;
  const path = `${folder}/package.json`;
  const text = folder === undefined ? undefined : workspace.files.read(path);
  if (text === undefined || isJson(text.replace(/^\ufeff/, ""))) return;
  report(
    headOf(manifest),
    "package.json beside can't be read as JSON, and a host refuses the upload with it; mend it",
    {
      related: [{ message: "this file", path, span: [0, 1] }],
    },
  );
}

function checkFileName(manifest: Manifest, report: Report): void {
  const { path } = manifest.parsed;
  const name = path === undefined ? "" : basename(path);
  if (!/^manifest\.ya?ml$/i.test(name) || name === name.toLowerCase()) return;
  const message = `hosts look for ${name.toLowerCase()} in lower case and ignore "${name}"; rename the file`;
  report(headOf(manifest), message, { fixes: renamedTo(manifest, name.toLowerCase()) });
}

function checkOld(manifest: Manifest, report: Report): void {
  const { folder, parsed, workspace } = manifest;
  const isLeftOver =
    folder !== undefined &&
    ["manifest.yaml", "manifest.yml"].some((name) => workspace.files.kind(`${folder}/${name}`) === "file");
  const name = basename(parsed.path ?? "manifest.json");
  const message = isLeftOver
    ? `no released host reads "${name}", and the manifest.yaml beside it counts; remove this file`
    : `no released host reads "${name}"; rename it to manifest.yaml, JSON text is accepted there`;
  const { path, tree } = parsed;
  const removed: Fix[] =
    isLeftOver && path !== undefined ? [{ title: `Delete ${name}`, edits: [], files: [{ remove: path }] }] : [];
  // JSON text is YAML as it stands; what isn't even JSON is not worth a new name.
  const fixes = isLeftOver ? removed : tree.problems.length === 0 ? renamedTo(manifest, "manifest.yaml") : [];
  report(headOf(manifest), message, { severity: isLeftOver ? "warning" : "error", fixes });
}

/** Where the folder is known to hold no such file; names are compared by letter, as a disk may know no case. */
function renamedTo({ folder, parsed, workspace }: Manifest, name: string): Fix[] {
  const beside = folder === undefined ? undefined : workspace.files.list(folder);
  if (!beside || parsed.path === undefined || beside.some((one) => one.name === name)) return [];
  const files = [{ rename: parsed.path, to: `${folder}/${name}` }];
  return [{ title: `Rename to ${name}`, edits: [], files }];
}
