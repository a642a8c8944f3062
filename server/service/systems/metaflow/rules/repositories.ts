// Rules about repository addresses.

import { nearest } from "../../../text/nearest.js";
import { spanOf } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addKey, partOf } from "../edits.js";
import { type Entry, entriesOf } from "../entries.js";

export const repositoryRules: readonly Rule[] = [
  {
    code: "metaflow/password-in-address",
    each: true,
    severity: "warning",
    title: "a password in the repository's address is published",
    host: "GET /plugin returns the repository address as it stands, to anybody and to the plugin itself; values of auth are not returned.",
    wrong: '"repository": "https://ci-bot:not-a-real-token@git.example.org/ui/notes.git"',
    right:
      '"repository": "https://git.example.org/ui/notes.git", "auth": { "user": "ci-bot", "pass": "not-a-real-token" }',
    fix: "move user and password into auth, and change the password if the value was in use",
    documents: ["plugins"],
    check: passwordInAddress,
  },
  {
    code: "metaflow/address-scheme",
    each: true,
    severity: "error",
    title: "the address has a scheme that git doesn't know",
    host: "libgit2 answers unknown scheme for URL, and the plugin isn't loaded.",
    wrong: '"htps://git.example.org/ui/notes.git"',
    right: '"https://git.example.org/ui/notes.git"',
    fix: "write https://, ssh://, or user@host:path",
    documents: ["plugins"],
    check: addressScheme,
  },
  {
    code: "metaflow/address-not-repository",
    each: true,
    severity: "warning",
    title: "the address is that of a web page, lacks its scheme, or has blanks around it",
    host: "The service hands the address to git as it is: without a scheme, or with a blank before it, it is a path on the server; a page of a folder or file is no repository. The plugin isn't loaded.",
    wrong: '"github.com/example/notes"',
    right: '"https://github.com/example/notes.git"',
    fix: "use the address that the repository offers for cloning",
    documents: ["plugins"],
    check: addressNotRepository,
  },
  {
    code: "metaflow/repository-twice",
    severity: "information",
    title: "two entries load the same repository",
    host: "Both clones are listed, but plugins of one name share one address and only the first shows. That is right only if the refs hold manifests of different names.",
    fix: "remove one entry, or list the repository's plugin folders in paths",
    documents: ["plugins"],
    check: repositoryTwice,
  },
];

const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)([^/@\s:]*)(?::([^/@\s]*))?@/i;
const TOKEN = /^(gh[pousr]_|github_pat_|glpat-|ATBB)|^[0-9a-f]{40}$|^[\w-]{30,}$/;

function passwordInAddress(manifest: Manifest, report: Report): void {
  for (const entry of entriesOf(manifest)) {
    const match = USER_INFO.exec(entry.repository ?? "");
    const [whole = "", scheme = "", user = "", pass] = match ?? [];
    if (!match || !entry.address || (!pass && !TOKEN.test(user))) continue;
    report(
      partOf(manifest, entry.address, scheme.length, whole.length - 1),
      `the service publishes this address, with the password in it, by "GET /plugin"; move the credentials into "auth"`,
      { fixes: moveToAuth(manifest, entry, whole.length, scheme, user, pass) },
    );
  }
}

function moveToAuth(
  manifest: Manifest,
  { pair: { value }, address, repository = "", auth }: Entry,
  cut: number,
  scheme: string,
  user: string,
  pass: string | undefined,
): readonly Fix[] {
  if (!value || !address || auth) return [];
  const clean = JSON.stringify(scheme + repository.slice(cut));
  const credentials = { user: decoded(user), pass: decoded(pass ?? "") };
  const json = `{ "user": ${JSON.stringify(credentials.user)}, "pass": ${JSON.stringify(credentials.pass)} }`;
  const title = 'Move the credentials into "auth"';
  const map = asMap(value);
  if (!map)
    return [{ title, edits: [{ span: spanOf(value), newText: `{ "repository": ${clean}, "auth": ${json} }` }] }];
  return [{ title, edits: [{ span: spanOf(address), newText: clean }, addKey(manifest, map, "auth", json)] }];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const SCHEMES = ["https", "http", "ssh", "git", "file", "git+ssh", "ssh+git"];

function addressScheme(manifest: Manifest, report: Report): void {
  for (const { repository = "", address } of entriesOf(manifest)) {
    const scheme = /^\s*([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(repository)?.[1];
    if (!address || scheme === undefined || SCHEMES.includes(scheme.toLowerCase())) continue;
    // As package managers write it: `git+https://`.
    const plain = scheme.toLowerCase().replace(/^git\+/, "");
    const near = SCHEMES.includes(plain) ? [plain] : nearest(scheme, SCHEMES).slice(0, 1);
    const fixes = near.map((name) => ({
      title: `Change to "${name}://"`,
      edits: [{ span: partOf(manifest, address, 0, repository.length), newText: replaced(name) }],
    }));
    report(
      address,
      `git doesn't know the scheme "${scheme}://", so the service doesn't load the plugin; use https or ssh`,
      { fixes },
    );

    function replaced(name: string): string {
      const text = JSON.stringify(repository.replace(scheme ?? "", name));
      const [start] = address ? partOf(manifest, address, 0, repository.length) : [0];
      return start === address?.start ? text : text.slice(1, -1);
    }
  }
}

function addressNotRepository(manifest: Manifest, report: Report): void {
  for (const { repository = "", address } of entriesOf(manifest)) {
    const mistake = mistakeIn(repository);
    if (!address || !mistake) continue;
    const { why, right } = mistake;
    report(address, `"${repository}" ${why}; the plugin isn't loaded, use the address for cloning`, {
      fixes: right === undefined ? [] : changeTo(manifest, address, right),
    });
  }
}

const PAGE =
  /^(https?:\/\/(?:github|gitlab|bitbucket)\.[a-z]+\/[^/\s]+\/[^/\s]+?)(?:\.git)?\/(?:-\/)?(?:tree|blob|src)\/\S*$/;

/** Why an address leads to no repository, and the one that is meant. */
function mistakeIn(repository: string): { readonly why: string; readonly right?: string } | undefined {
  const trimmed = repository.trim();
  if (repository !== "" && trimmed === "") return { why: "is blank, which git takes for a path" };
  if (trimmed !== repository) return { why: "has blanks around it, which git takes for a part of it", right: trimmed };
  const plain = /^(\S+\.git)\/?[#@][\w./-]+$/.exec(repository)?.[1];
  if (plain !== undefined)
    return {
      why: 'has a branch or version behind it, which git takes for a part of the path ("ref" is for it)',
      right: plain,
    };
  const page = PAGE.exec(repository)?.[1];
  if (page !== undefined) return { why: "is the address of a web page, not of a repository", right: `${page}.git` };
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:\/[\w.~-]+){2,}\/?$/i.test(repository))
    return { why: "has no scheme, so git takes it for a path on the server", right: `https://${repository}` };
  if (/^(?!\.)[\w-]+\/[\w-][\w.-]*$/.test(repository))
    return {
      why: "has no scheme and no host, so git takes it for a path on the server",
      right: `https://github.com/${repository}.git`,
    };
  return undefined;
}

function repositoryTwice(manifest: Manifest, report: Report): void {
  const first = new Map<string, Entry>();
  for (const entry of entriesOf(manifest)) {
    if (entry.repository === undefined || entry.isLocal || entry.paths.length > 0) continue;
    const address = entry.repository.replace(/\/$|\.git\/?$/, "");
    const before = first.get(address);
    if (!before) first.set(address, entry);
    else if (entry.address && before.address) {
      report(
        entry.address,
        `"${before.identifier}" loads the same repository; plugins of one name share one address and only the first shows`,
        { related: [{ message: `"${before.identifier}" loads it here`, span: spanOf(before.address) }] },
      );
    }
  }
}
