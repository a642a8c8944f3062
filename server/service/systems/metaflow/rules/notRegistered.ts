// A plugin's folder that lies where the service looks, while the PLUGINS value beside it doesn't name it. The service's own
// example.plugins.json is read by nobody.

import { difference } from "../../../text/difference.js";
import { basename, dirname } from "../../../text/paths.js";
import type { Fix } from "../../problem.js";
import { asMap, field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { isBroken } from "../edits.js";
import { editEntry } from "../entryEdit.js";
import { registers, valuesIn } from "../facts.js";
import { goesWith } from "../folders.js";

export const notRegisteredRules: readonly Rule[] = [
  {
    code: "metaflow/not-registered",
    severity: "information",
    title: "no PLUGINS value names this plugin's folder",
    host: "The service loads a folder of installed/ only if PLUGINS, or config.plugins.json, has an entry of that identifier. Told only where such a value stands beside installed/; another one may be used on the host.",
    fix: 'add "<folder>": {} to the PLUGINS value',
    documents: ["manifest"],
    check: notRegistered,
  },
];

function notRegistered(manifest: Manifest, report: Report): void {
  const { folder, workspace } = manifest;
  if (folder === undefined || isBroken(manifest) || basename(dirname(folder)) !== "installed") return;
  const values = valuesIn(workspace).filter(
    ({ path }) => goesWith(path, dirname(folder)) && !/^example\./.test(basename(path)),
  );
  const [first] = values;
  if (values.some(({ isOdd }) => isOdd)) return;
  const identifier = basename(folder);
  if (!first || values.some(({ entries }) => entries.some((one) => isAbout(one.identifier, identifier)))) return;
  if (values.some(({ entries }) => entries.some((one) => registers(one, folder)))) return;
  const map = asMap(manifest.root);
  const where = field(map, "name", manifest)?.value ?? map?.pairs[0]?.key;
  if (!where) return;
  report(
    where,
    `the service loads this folder only with an entry "${identifier}" in PLUGINS, and ${basename(first.path)} has none; add one`,
    { fixes: values.length === 1 ? added(manifest, first.path, identifier) : [] },
  );
}

/** The folder itself, or one further down in it. */
const isAbout = (identifier: string, folder: string): boolean => identifier.split("/")[0] === folder;

function added({ workspace }: Manifest, path: string, identifier: string): readonly Fix[] {
  const text = workspace.files.read(path);
  const edited = text === undefined ? undefined : editEntry(path, text, { kind: "set", identifier, fields: {} });
  if (text === undefined || !edited?.done || edited.text === text) return [];
  const { start, end, newEnd } = difference(text, edited.text);
  const newText = edited.text.slice(start, newEnd);
  return [{ title: `Add "${identifier}" to ${basename(path)}`, edits: [{ path, span: [start, end], newText }] }];
}
