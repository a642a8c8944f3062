// Rules about `name` and `version`: names that harm a host, can't be removed or stand twice in the workspace.

import type { Pair } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import { onHosts } from "../../onHosts.js";
import type { Fix } from "../../problem.js";
import { asScalar, placeOf } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { directoryOf, graphOf } from "../graph.js";
import { judgeName, type NameVerdict, soundName } from "../names.js";
import { ownName } from "../ownNames.js";
import { topField, topText } from "../tree.js";

export const nameRules: readonly Rule[] = [
  {
    code: "buntime/name-invalid",
    severity: "error",
    title: "the name is no text, or empty",
    host: "The loader logs a warning and ignores the folder; an upload answers 500.",
    wrong: "name: 42",
    right: 'name: "@example/notes"',
    fix: "write the name as text, in quotes where it begins with @",
  },
  {
    code: "buntime/name-harmful",
    severity: "error",
    title: "an upload under this name deletes other plugins",
    host: "No host checks names. An upload named `.` or `@scope/../..` replaces the whole plugins directory, one named `@scope/` every plugin of the scope; names that lead out of the directory are refused or, before v0.3.0, removed beside it.",
    wrong: 'name: "@example/"',
    right: 'name: "@example/notes"',
    fix: "use the form `plugin` or `@scope/plugin`",
    check: checkName("harmful"),
  },
  {
    code: "buntime/name-out-of-reach",
    severity: "error",
    title: "an upload under this name is never loaded",
    host: "An upload puts `a/b` two levels deep and `.x` into a hidden folder: the loader scans neither, the list doesn't show it and it can't be removed (Buntime v0.5.4).",
    wrong: "name: tools/notes",
    right: 'name: "@tools/notes"',
    fix: "use the form `plugin` or `@scope/plugin`",
    check: checkName("out-of-reach"),
  },
  {
    code: "buntime/name-unusual",
    severity: "warning",
    title: "the name has an unusual form",
    host: "The host takes it, but the folder, the removal by URL and the key's namespaces go by names in the form of npm; Plugsmith refuses to upload others.",
    wrong: 'name: "My Notes!"',
    right: "name: my-notes",
    fix: "use lower-case letters, digits, `.`, `_` and `-`, with or without `@scope/`",
    check: checkName("unusual"),
  },
  {
    code: "buntime/version-not-text",
    severity: "warning",
    title: "the version is no text",
    host: "Unquoted 1.0 is the number 1: an upload reports version 1, a reload reports 0.0.0.",
    wrong: "version: 1.0",
    right: 'version: "1.0"',
    fix: "put the version in quotes",
  },
  {
    code: "buntime/duplicate-name",
    severity: "warning",
    title: "two plugins of the workspace have one name",
    host: "The first one found is kept, later ones are dropped with a warning. Built-in plugins are found first, so an upload with the name of one never takes effect.",
    wrong: 'name: "@example/notes"   # in two folders',
    right: 'name: "@example/notes-two"',
    fix: "give one of them another name",
    documents: ["manifest"],
    check: checkTwice,
  },
  {
    code: "buntime/name-of-built-in",
    severity: "warning",
    title: "a connected host has a built-in plugin of this name",
    host: "Built-in plugins are found first and a second plugin of their name is dropped, so an upload succeeds and never takes effect. Told from what a connected host said in the last minutes.",
    wrong: 'name: "@buntime/plugin-gateway"',
    right: 'name: "@example/plugin-gateway"',
    fix: "give the plugin another name",
    check: checkBuiltIn,
  },
];

function checkName(kind: NameVerdict["kind"]): (manifest: Manifest, report: Report) => void {
  return (manifest, report) => {
    const node = asScalar(topField(manifest, "name")?.value);
    const name = topText(manifest, "name");
    if (!node || !name) return;
    const verdict = judgeName(name);
    if (verdict.kind === "sound" || verdict.kind !== kind) return;
    const better = soundName(name);
    report(node, `the name "${name}" ${verdict.because}; choose a name such as "${better ?? "@example/notes"}"`, {
      ...(better !== undefined && { fixes: changeTo(manifest, node, better) }),
    });
  };
}

function checkTwice(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "name");
  if (!pair || !topText(manifest, "name")) return;
  const { own, named } = graphOf(manifest);
  if (own?.name === undefined) return;
  const { files } = manifest.workspace;
  const others = named(own.name).filter(({ path }) => path !== own.path);
  // One file by two ways, through a link, is no second plugin.
  const same = others.filter(({ path }) => (files.real(path) ?? path) !== (files.real(own.path) ?? own.path));
  const beside = same.find((one) => directoryOf(one) === directoryOf(own));
  const other = beside ?? same[0];
  if (!other) return;
  const related = [
    { message: `"${own.name}" stands here too`, path: other.path, span: other.nameSpan ?? ([0, 1] as const) },
  ];
  const message = `another plugin of the workspace is named "${own.name}" too; a host with both loads only the first it finds, rename one`;
  report(placeOf(pair), message, {
    related,
    severity: beside ? "warning" : "information",
    fixes: asFolder(manifest, pair),
  });
}

/** A copy mostly keeps the name of what it was copied from. */
function asFolder(manifest: Manifest, { value }: Pair): Fix[] {
  const name = ownName(manifest);
  return name === undefined ? [] : changeTo(manifest, value, name);
}

function checkBuiltIn(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "name");
  const name = topText(manifest, "name");
  if (!pair || !name) return;
  const [first] = onHosts(manifest, name).filter(({ plugin }) => plugin.builtIn);
  if (!first) return;
  report(
    placeOf(pair),
    `"${name}" is built into "${first.host.name}", where an upload of this name never takes effect; choose another name`,
    { fixes: asFolder(manifest, pair) },
  );
}
