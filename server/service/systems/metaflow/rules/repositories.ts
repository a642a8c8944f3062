// Rules about repository addresses and the credentials for them.

import { nearest } from "../../../text/nearest.js";
import { keyText, type MapNode, type Node, type Pair, spanOf } from "../../../text/node.js";
import type { Fix } from "../../problem.js";
import { asMap, asValue, field } from "../../read.js";
import { remember } from "../../remember.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addKey, partOf } from "../edits.js";
import { type Entry, entriesOf } from "../entries.js";
import { AUTH_KEYS, isOneOf } from "../words.js";

export const repositoryRules: readonly Rule[] = [
  {
    code: "metaflow/password-in-address",
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
    severity: "warning",
    title: "the address is that of a web page, or lacks its scheme",
    host: "The service hands the address to git as it is: without a scheme it is a path on the server, and a page of a folder or file is no repository. The plugin isn't loaded.",
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
  {
    code: "metaflow/auth-password",
    severity: "warning",
    title: 'auth reads "pass", not "password"',
    host: "The service asks the remote without a password and isn't let in. The page repository's own guide shows password, which was never read.",
    wrong: '"auth": { "user": "ci-bot", "password": "not-a-real-token" }',
    right: '"auth": { "user": "ci-bot", "pass": "not-a-real-token" }',
    fix: "call the key pass",
    documents: ["plugins"],
    check: authPassword,
  },
  {
    code: "metaflow/auth-key-ignored",
    severity: "warning",
    title: "auth doesn't know this key",
    host: "The service reads user, pass, agent, public_key and private_key and ignores the rest.",
    fix: "correct or remove the key",
    documents: ["plugins"],
    check: authKeyIgnored,
  },
  {
    code: "metaflow/auth-unusable",
    severity: "warning",
    title: "these credentials can't be used for the address",
    host: "Over http only user and pass together work (invalid credential type otherwise); pass without user, and one of the two keys without the other, give no credential at all.",
    wrong: '"auth": { "user": "ci-bot" }',
    right: '"auth": { "user": "ci-bot", "pass": "not-a-real-token" }',
    fix: "give user and pass for http, keys or the agent for ssh",
    documents: ["plugins"],
    check: authUnusable,
  },
  {
    code: "metaflow/ssh-without-auth",
    severity: "information",
    title: "an ssh address without credentials",
    host: "An ssh remote always asks for credentials; without auth, at the entry or at the top, the service logs remote authentication required but no callback set and doesn't load the plugin.",
    wrong: '"repository": "git@git.example.org:ui/notes.git"',
    right: '"repository": "git@git.example.org:ui/notes.git", "auth": { "agent": true }',
    fix: "give auth with agent or both keys, or use https",
    documents: ["plugins"],
    check: sshWithoutAuth,
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
    const near = nearest(scheme, SCHEMES).slice(0, 1);
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
    if (!address) continue;
    const page =
      /^(https?:\/\/(?:github|gitlab|bitbucket)\.[a-z]+\/[^/\s]+\/[^/\s]+?)(?:\.git)?\/(?:-\/)?(?:tree|blob|src)\/\S*$/.exec(
        repository,
      );
    const bare = /^(?:www\.)?(?:github|gitlab|bitbucket)\.[a-z]+\/[^/\s]+\/[^/\s]+$/.test(repository);
    const right = page ? `${page[1]}.git` : bare ? `https://${repository}` : undefined;
    if (right === undefined) continue;
    const why = page
      ? "is the address of a web page, not of a repository"
      : "has no scheme, so git takes it for a path on the server";
    report(address, `"${repository}" ${why}; the plugin isn't loaded, use the address for cloning`, {
      fixes: [{ title: `Change to "${right}"`, edits: [{ span: spanOf(address), newText: JSON.stringify(right) }] }],
    });
  }
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

interface Credentials {
  readonly pair: Pair;
  readonly map: MapNode;
  /** Addresses that they are used for. */
  readonly addresses: readonly string[];
}

const credentialsOf = remember((manifest: Manifest): readonly Credentials[] => {
  const entries = entriesOf(manifest);
  const top = field(manifest.root, "auth", manifest);
  const inherited = entries.filter(({ auth }) => !auth).flatMap(({ repository }) => repository ?? []);
  const own = entries.map(({ auth, repository }) => ({
    pair: auth,
    addresses: repository === undefined ? [] : [repository],
  }));
  return [{ pair: top, addresses: inherited }, ...own].flatMap(({ pair, addresses }) => {
    const map = asMap(pair?.value);
    return pair && map ? [{ pair, map, addresses }] : [];
  });
});

function authPassword(manifest: Manifest, report: Report): void {
  for (const { map } of credentialsOf(manifest)) {
    const key = field(map, "password", manifest)?.key;
    if (!key) continue;
    const rename: Fix = { title: 'Change to "pass"', edits: [{ span: spanOf(key), newText: '"pass"' }], safe: true };
    report(key, `the service doesn't read "password" and asks the remote without one; call it "pass"`, {
      fixes: field(map, "pass", manifest) ? [] : [rename],
    });
  }
}

function authKeyIgnored(manifest: Manifest, report: Report): void {
  for (const { map } of credentialsOf(manifest)) {
    const written = new Set(map.pairs.map(keyText));
    for (const { key, name } of map.pairs.map((pair) => ({ key: pair.key, name: keyText(pair) }))) {
      if (!key || name === undefined || isOneOf(AUTH_KEYS, name) || name === "password") continue;
      const near = [...(ALIASES.get(name.toLowerCase()) ?? []), ...nearest(name, AUTH_KEYS)].filter(
        (one) => !written.has(one),
      );
      const fixes = near.slice(0, 1).map((one) => ({
        title: `Change to "${one}"`,
        edits: [{ span: spanOf(key), newText: JSON.stringify(one) }],
      }));
      const hint = near[0] ? `; did you mean "${near[0]}"?` : `; it reads ${AUTH_KEYS.join(", ")}`;
      report(key, `the service ignores "${name}" in "auth"${hint}`, { fixes });
    }
  }
}

const ALIASES: ReadonlyMap<string, readonly string[]> = new Map([
  ["username", ["user"]],
  ["token", ["pass"]],
  ["passphrase", ["pass"]],
]);

function authUnusable(manifest: Manifest, report: Report): void {
  for (const { pair, map, addresses } of credentialsOf(manifest)) {
    if (!pair.key || map.pairs.some((one) => !isOneOf(AUTH_KEYS, keyText(one)))) continue;
    const said = unusable(
      map,
      addresses.some((one) => /^https?:\/\//i.test(one)),
      manifest,
    );
    if (said) report(said.where ?? pair.key, said.message);
  }
}

function unusable(
  map: MapNode,
  overHttp: boolean,
  manifest: Manifest,
): { readonly where: Node | undefined; readonly message: string } | undefined {
  const pairOf = (name: string) => field(map, name, manifest);
  const has = (name: string) => Boolean(asValue(pairOf(name)?.value, manifest));
  const where = (name: string) => pairOf(name)?.key;
  const http = "an address over http takes user and pass only, and the service fails to load the plugin";
  if (has("agent")) return overHttp ? { where: where("agent"), message: `"agent" is for ssh: ${http}` } : undefined;
  if (has("public_key") && has("private_key"))
    return overHttp ? { where: where("private_key"), message: `keys are for ssh: ${http}` } : undefined;
  if (has("user") && has("pass")) return undefined;
  if (has("private_key") || has("public_key")) {
    const [one, other] = has("private_key") ? ["private_key", "public_key"] : ["public_key", "private_key"];
    return { where: where(one), message: `"${one}" isn't read without "${other}"; add it` };
  }
  if (has("user") && overHttp)
    return { where: where("user"), message: `"user" without "pass" can't be used over http; add "pass"` };
  if (has("pass") && !has("user")) return { where: where("pass"), message: `"pass" isn't read without "user"; add it` };
  return undefined;
}

function sshWithoutAuth(manifest: Manifest, report: Report): void {
  const top = asMap(field(manifest.root, "auth", manifest)?.value);
  for (const { repository = "", address, auth } of entriesOf(manifest)) {
    const isSsh = /^((git\+)?ssh(\+git)?:\/\/|[\w.-]+@[\w.-]+:(?!\/\/))/i.test(repository);
    if (!address || !isSsh || asMap(auth ? auth.value : top)) continue;
    report(
      address,
      `ssh always asks for credentials, and no "auth" gives any, so the plugin isn't loaded; add "auth", or use https`,
    );
  }
}
