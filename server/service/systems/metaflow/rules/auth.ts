// Rules about the credentials for repositories: the top-level `auth` and those of entries.

import { nearest } from "../../../text/nearest.js";
import { keyText, type MapNode, type Node, type Pair } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import { certain, changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap, asValue, field } from "../../read.js";
import { removeField } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { addKey } from "../edits.js";
import { entriesOf } from "../entries.js";
import { AUTH_KEYS, isOneOf } from "../words.js";

export const authRules: readonly Rule[] = [
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
    report(key, `the service doesn't read "password" and asks the remote without one; call it "pass"`, {
      fixes: field(map, "pass", manifest) ? [] : certain(changeTo(manifest, key, "pass")),
    });
  }
}

function authKeyIgnored(manifest: Manifest, report: Report): void {
  for (const { map } of credentialsOf(manifest)) {
    const written = new Set(map.pairs.map(keyText));
    for (const pair of map.pairs) {
      const { key } = pair;
      const name = keyText(pair);
      if (!key || name === undefined || isOneOf(AUTH_KEYS, name) || name === "password") continue;
      const near = [...(ALIASES.get(name.toLowerCase()) ?? []), ...nearest(name, AUTH_KEYS)].filter(
        (one) => !written.has(one),
      );
      const hint = near[0] ? `; did you mean "${near[0]}"?` : `; it reads ${AUTH_KEYS.join(", ")}`;
      report(key, `the service ignores "${name}" in "auth"${hint}`, {
        fixes: near[0] ? changeTo(manifest, key, near[0]) : removeField(manifest, pair),
      });
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
    if (said) report(said.where?.key ?? pair.key, said.message, { fixes: said.fixes ?? [] });
  }
}

function unusable(
  map: MapNode,
  overHttp: boolean,
  manifest: Manifest,
): { readonly where: Pair | undefined; readonly message: string; readonly fixes?: readonly Fix[] } | undefined {
  const pairOf = (name: string) => field(map, name, manifest);
  const has = (name: string) => Boolean(asValue(pairOf(name)?.value, manifest));
  const http = "an address over http takes user and pass only, and the service fails to load the plugin";
  if (has("agent")) {
    const where = pairOf("agent");
    const fixes = has("user") && has("pass") ? removeField(manifest, where) : [];
    return overHttp ? { where, message: `"agent" is for ssh: ${http}`, fixes } : undefined;
  }
  if (has("public_key") && has("private_key"))
    return overHttp ? { where: pairOf("private_key"), message: `keys are for ssh: ${http}` } : undefined;
  if (has("user") && has("pass")) return undefined;
  if (has("private_key") || has("public_key")) {
    const [one, other] = has("private_key") ? ["private_key", "public_key"] : ["public_key", "private_key"];
    return { where: pairOf(one), message: `"${one}" isn't read without "${other}"; add it` };
  }
  if (has("user") && overHttp)
    return { where: pairOf("user"), message: `"user" without "pass" can't be used over http; add "pass"` };
  if (has("pass") && !has("user"))
    return { where: pairOf("pass"), message: `"pass" isn't read without "user"; add it` };
  return undefined;
}

function sshWithoutAuth(manifest: Manifest, report: Report): void {
  const top = asMap(field(manifest.root, "auth", manifest)?.value);
  for (const { repository = "", address, auth, pair } of entriesOf(manifest)) {
    const isSsh = /^((git\+)?ssh(\+git)?:\/\/|[\w.-]+@[\w.-]+:(?!\/\/))/i.test(repository);
    if (!address || !isSsh || asMap(auth ? auth.value : top)) continue;
    report(
      address,
      `ssh always asks for credentials, and no "auth" gives any, so the plugin isn't loaded; add "auth", or use https`,
      { fixes: [...withAgent(manifest, pair), ...overHttps(manifest, address, repository)] },
    );
  }
}

function withAgent(manifest: Manifest, { value }: Pair): Fix[] {
  const map = asMap(value);
  return map && !field(map, "auth", manifest)
    ? [{ title: 'Add "auth": {"agent": true}', edits: [addKey(manifest, map, "auth", '{"agent": true}')] }]
    : [];
}

/** `git@host:group/name.git` and `ssh://git@host/group/name.git` by the way that public repositories are open to all. */
function overHttps(manifest: Manifest, address: Node, repository: string): Fix[] {
  const [, host, path] =
    /^(?:(?:git\+)?ssh(?:\+git)?:\/\/)?(?:[\w.-]+@)?([\w.-]+)(?::(?!\d)|:\d+\/|\/)\/?(.+)$/i.exec(repository) ?? [];
  return host === undefined || path === undefined ? [] : changeTo(manifest, address, `https://${host}/${path}`);
}
