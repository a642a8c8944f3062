// Rules about `ref`: which forms the service can check out, and which of them follow later pushes.

import { nearest } from "../../../text/nearest.js";
import { type Node, spanOf } from "../../../text/node.js";
import { certain, changeTo, changeToAny } from "../../changes.js";
import type { RemoteRefs } from "../../facts.js";
import type { Fix } from "../../problem.js";
import { asMap, asString } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addKey } from "../edits.js";
import { type Entry, entriesOf } from "../entries.js";
import { isCheckout, pluginFolder } from "../folders.js";
import { askedWords, checkoutOf, refsOfRemote, remoteOf } from "../remotes.js";

export const refRules: readonly Rule[] = [
  {
    code: "metaflow/ref-default",
    each: true,
    severity: "warning",
    title: "no ref means origin/master",
    host: 'Without ref the service (2.5.1) checks out origin/master. A repository whose only branch is main fails to load unless "ref": "origin/main" is given.',
    wrong: '{ "run-notes": "https://git.example.org/ui/run-notes.git" }',
    right: '{ "run-notes": { "repository": "https://git.example.org/ui/run-notes.git", "ref": "origin/main" } }',
    fix: "say the branch: origin/main or origin/master",
    documents: ["plugins"],
    check: refDefault,
  },
  {
    code: "metaflow/ref-commit",
    each: true,
    severity: "warning",
    title: "a commit id can't be checked out",
    host: "The guide shows a commit id as ref, but the service finds no reference of that name and leaves the plugin out ('NoneType' object has no attribute 'name'), with the clone left on disk. A branch or tag of that very name would load.",
    wrong: '"ref": "3758f6a"',
    right: '"ref": "v1.2.0"',
    fix: "tag the commit and name the tag, or follow a branch: origin/<branch>",
    documents: ["plugins"],
    check: refCommit,
  },
  {
    code: "metaflow/ref-expression",
    each: true,
    severity: "error",
    title: "an expression can't be checked out",
    host: "Only names of references can be checked out; HEAD~1, v1^ or master@{0} are found as commits, and then the plugin isn't loaded.",
    wrong: '"ref": "origin/main~1"',
    right: '"ref": "origin/main"',
    fix: "name a branch as origin/<branch>, or a tag",
    documents: ["plugins"],
    check: refExpression,
  },
  {
    code: "metaflow/ref-impossible",
    each: true,
    severity: "error",
    title: "no git reference of a clone can have this name",
    host: "The service doesn't find such a ref and leaves the plugin out. A clone holds branches and tags alone: refs/pull/12/head isn't among them.",
    wrong: '"ref": "origin/my branch"',
    right: '"ref": "origin/my-branch"',
    fix: "correct the name",
    documents: ["plugins"],
    check: refImpossible,
  },
  {
    code: "metaflow/ref-never-follows",
    each: true,
    severity: "warning",
    title: "a bare branch name never follows later pushes",
    host: "The repository's default branch by its bare name is checked out as it was at the first clone and never moves; any other branch without origin/ isn't found and the plugin isn't loaded.",
    wrong: '"ref": "main"',
    right: '"ref": "origin/main"',
    fix: "write origin/<branch>",
    documents: ["plugins"],
    check: refNeverFollows,
  },
  {
    code: "metaflow/ref-missing",
    each: true,
    severity: "error",
    title: "the remote has no such branch or tag",
    host: "The service finds no reference of that name and leaves the plugin out, with the clone left on disk. A branch other than the default one is found only as origin/<branch>. Told only of remotes that the user had asked in the last minutes.",
    wrong: '"ref": "origin/mian"',
    right: '"ref": "origin/main"',
    fix: "name a branch as origin/<branch>, or a tag, that is there",
    documents: ["plugins"],
    check: (manifest, report) => {
      refMissing(manifest, report);
      masterMissing(manifest, report);
    },
  },
  {
    code: "metaflow/ref-without-repository",
    each: true,
    severity: "information",
    title: "ref of a local plugin",
    host: "A local plugin's ref is listed but has no effect, unless its folder is a git checkout.",
    fix: "remove ref, or add repository",
    documents: ["plugins"],
    check: refWithoutRepository,
  },
];

function refDefault(manifest: Manifest, report: Report): void {
  for (const { entry, place } of withoutRef(manifest)) {
    if (remoteOf(manifest, entry)) continue;
    report(
      place,
      `without "ref" the service checks out "origin/master" and doesn't load the plugin if there is none; say which branch to follow`,
      { fixes: ["origin/main", "origin/master"].flatMap((ref) => sayRef(manifest, entry, ref)) },
    );
  }
}

/** Entries with a repository for which the service takes origin/master, and where to say so. */
function withoutRef(manifest: Manifest): readonly { readonly entry: Entry; readonly place: Node }[] {
  return entriesOf(manifest).flatMap((entry) => {
    const isAbsent = entry.ref === undefined || refText(entry, manifest) === "" || isNull(entry.ref.value);
    const place = entry.ref?.value ?? entry.pair.key;
    if (entry.isLocal || entry.repository === undefined || !isAbsent || entry.identifier === "auth") return [];
    if (entry.misnamed.has("ref")) return [];
    return place ? [{ entry, place }] : [];
  });
}

function sayRef(manifest: Manifest, entry: Entry, ref: string): Fix[] {
  if (entry.ref?.value) return changeTo(manifest, entry.ref.value, ref);
  const { value } = entry.pair;
  if (!value) return [];
  const title = `Add "ref": "${ref}"`;
  const map = asMap(value);
  if (map) return [{ title, edits: [addKey(manifest, map, "ref", JSON.stringify(ref))] }];
  const address = manifest.parsed.text.slice(value.start, value.end);
  return [{ title, edits: [{ span: spanOf(value), newText: `{ "repository": ${address}, "ref": "${ref}" }` }] }];
}

function refCommit(manifest: Manifest, report: Report): void {
  for (const { node, ref, remote } of refsOf(manifest)) {
    if (!isCommit(ref) || (remote && checkoutOf(ref, remote).is !== "missing")) continue;
    report(
      node,
      `the service can't check out a commit id, although the guide shows one, and doesn't load the plugin; tag the commit and name the tag, or follow a branch as "origin/<branch>"`,
      { fixes: changeToAny(manifest, node, ["origin/main", "origin/master"]) },
    );
  }
}

/** Digits alone, as in `20250101`, are rather a tag. */
const isCommit = (ref: string): boolean =>
  /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(ref) && (/[a-f]/i.test(ref) || ref.length >= 40);

function refExpression(manifest: Manifest, report: Report): void {
  for (const { node, ref } of refsOf(manifest)) {
    if (!/[~^:]|@\{/.test(ref)) continue;
    const name = ref.replace(/([~^:]|@\{).*$/s, "");
    const fixes = /^origin\/./.test(name) ? changeTo(manifest, node, name) : [];
    report(
      node,
      `the service can't check out the expression "${ref}" and doesn't load the plugin; name a branch as "origin/<branch>", or a tag`,
      { fixes },
    );
  }
}

function refImpossible(manifest: Manifest, report: Report): void {
  for (const { node, ref } of refsOf(manifest)) {
    if (NOT_CLONED.test(ref)) {
      report(
        node,
        `a clone holds branches and tags alone, so the service doesn't find "${ref}" and doesn't load the plugin; name the branch as "origin/<branch>"`,
      );
      continue;
    }
    if (/[~^:]|@\{/.test(ref) || !isImpossible(ref)) continue;
    const trimmed = ref.trim();
    const fixes = trimmed !== "" && !isImpossible(trimmed) ? certain(changeTo(manifest, node, trimmed)) : [];
    report(node, `no branch or tag can be called "${ref}"; the service doesn't load the plugin, correct the name`, {
      fixes,
    });
  }
}

/** What forges keep beside branches and tags: a pull request's commits. */
const NOT_CLONED = /^refs\/(?:pull|pull-requests|merge-requests|changes)\//;

/** By git's own rules for reference names. */
function isImpossible(ref: string): boolean {
  if (/[\s?*[\\]|\.\.|\/\/|^\/|\/$|\.$/.test(ref)) return true;
  return ref.split("/").some((part) => part.startsWith(".") || part.endsWith(".lock"));
}

function refNeverFollows(manifest: Manifest, report: Report): void {
  for (const { node, ref, remote } of refsOf(manifest)) {
    const found = remote && checkoutOf(ref, remote);
    if (found && found.is !== "fixed") continue;
    const branch =
      found?.name ?? /^(?:refs\/heads\/|heads\/)(.+)$/.exec(ref)?.[1] ?? (BRANCH.test(ref) ? ref : undefined);
    if (branch === undefined) continue;
    const wanted = `origin/${branch}`;
    report(
      node,
      `"${ref}" stays at the first clone if it is the default branch, and isn't found otherwise; write "${wanted}" to follow the branch`,
      { fixes: changeTo(manifest, node, wanted) },
    );
  }
}

/** Names that people give to branches, not to tags. */
const BRANCH =
  /^(HEAD|main|master|trunk|develop|development|dev|staging|production|next|stable|latest|gh-pages|(feature|features|feat|fix|bugfix|hotfix|release|chore|users?)\/.+|.*-branch)$/;

function refMissing(manifest: Manifest, report: Report): void {
  for (const { node, ref, remote } of refsOf(manifest)) {
    if (!remote || isCommit(ref) || /[~^:]|@\{/.test(ref) || isImpossible(ref) || NOT_CLONED.test(ref)) continue;
    const found = checkoutOf(ref, remote);
    if (found.is !== "missing" && found.is !== "bare") continue;
    const known = refsOfRemote(remote).map((one) => one.ref);
    const near = found.is === "bare" ? [`origin/${found.name}`] : nearest(ref, known);
    const hint = near[0] === undefined ? "name a branch or tag that is there" : `did you mean "${near[0]}"?`;
    report(
      node,
      `the remote has no "${ref}" (${askedWords(remote)}), so the service doesn't load the plugin; ${hint}`,
      {
        fixes: changeToAny(manifest, node, near),
      },
    );
  }
}

function masterMissing(manifest: Manifest, report: Report): void {
  for (const { entry, place } of withoutRef(manifest)) {
    const remote = remoteOf(manifest, entry);
    if (!remote || remote.branches.includes("master")) continue;
    const message = `without "ref" the service checks out "origin/master", which this remote hasn't (${askedWords(remote)}), and doesn't load the plugin; say which branch to follow`;
    const branches = remote.head === undefined ? remote.branches.slice(0, 3) : [remote.head];
    report(place, message, { fixes: branches.flatMap((name) => sayRef(manifest, entry, `origin/${name}`)) });
  }
}

function refWithoutRepository(manifest: Manifest, report: Report): void {
  for (const entry of entriesOf(manifest)) {
    if (!entry.isLocal || entry.misnamed.has("repository") || !entry.ref?.key || !refText(entry, manifest)) continue;
    const folder = pluginFolder(manifest, entry.identifier);
    if (folder !== undefined && isCheckout(manifest.workspace.files, folder)) continue;
    report(entry.ref.key, `"ref" has no effect without "repository", unless the plugin's folder is a git checkout`, {
      fixes: removeField(manifest, entry.ref),
    });
  }
}

/** Refs that are text, of entries with a repository. */
function refsOf(
  manifest: Manifest,
): readonly { readonly node: Node; readonly ref: string; readonly remote: RemoteRefs | undefined }[] {
  return entriesOf(manifest).flatMap((entry) => {
    const ref = refText(entry, manifest);
    const node = entry.ref?.value;
    return node && ref && !entry.isLocal ? [{ node, ref, remote: remoteOf(manifest, entry) }] : [];
  });
}

const refText = ({ ref }: Entry, manifest: Manifest): string | undefined => asString(ref?.value, manifest);
const isNull = (node: Node | undefined): boolean =>
  node?.kind === "scalar" && node.style === "plain" && node.text === "null";
