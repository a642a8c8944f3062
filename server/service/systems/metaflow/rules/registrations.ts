// Rules about the entries of a PLUGINS value beyond repository and ref: identifiers, parameters, sandbox, and an object
// that the service takes for nothing.

import { nearest } from "../../../text/nearest.js";
import { type Node, spanOf } from "../../../text/node.js";
import { basename, dirname } from "../../../text/paths.js";
import type { Fix } from "../../problem.js";
import { asMap, asString, field, pairsBelow } from "../../read.js";
import { removeItem } from "../../removal.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { PLUGINS_FILE } from "../carriers.js";
import { partOf } from "../edits.js";
import { entriesOf } from "../entries.js";
import { valuesIn } from "../facts.js";
import { isPlainIdentifier } from "../folders.js";
import { isOneOf, SANDBOX_TOKENS } from "../words.js";

export const registrationRules: readonly Rule[] = [
  {
    code: "metaflow/plugins-empty",
    severity: "warning",
    title: "an empty PLUGINS value",
    host: 'The service takes a falsy value ({}, [], null, false, 0, "") of the variable PLUGINS for none and reads config.plugins.json instead, so PLUGINS={} doesn\'t mean "no plugins" where that file exists. A variable without any value is told as information.',
    fix: "add an entry; to load no plugin, remove config.plugins.json as well",
    documents: ["plugins"],
    check: empty,
  },
  {
    code: "metaflow/file-overruled",
    severity: "information",
    title: "a file beside it sets PLUGINS, so this one isn't read",
    host: "The service reads config.plugins.json only where the variable PLUGINS is absent, empty or no JSON. Told where a file in the same folder sets the variable; another service may be meant by it.",
    fix: "keep the entries in one of the two",
    documents: ["plugins"],
    check: overruled,
  },
  {
    code: "metaflow/nested-identifier",
    each: true,
    severity: "information",
    title: "the identifier is a path",
    host: "The service joins the identifier to its path as it is, so this reads a folder further down in installed/. It works, but tools that list installed/ don't see it.",
    fix: "use one folder name, and paths for plugins further down",
    documents: ["plugins"],
    check: nestedIdentifier,
  },
  {
    code: "metaflow/same-origin-sandbox",
    each: true,
    severity: "warning",
    title: "allow-same-origin lets the plugin out of its sandbox",
    host: "The page adds the tokens to allow-scripts. With allow-same-origin the frame is of the page's own origin, so its scripts can reach the page, its storage and its cookies, and take the sandbox away.",
    fix: "leave it out unless the plugin needs the page's styles or files by fetch and is trusted like the page itself",
    documents: ["plugins"],
    check: sameOrigin,
  },
  {
    code: "metaflow/unknown-sandbox-token",
    each: true,
    severity: "warning",
    title: "no sandbox token has this name",
    host: "The page hands the text to the frame's sandbox attribute; browsers ignore tokens that they don't know.",
    wrong: '"sandbox": "allow-popups, allow-forms"',
    right: '"sandbox": "allow-popups allow-forms"',
    fix: "correct the token; several are separated by spaces",
    documents: ["plugins"],
    check: unknownToken,
  },
  {
    code: "metaflow/secret-in-parameters",
    each: true,
    severity: "warning",
    title: "parameters are published",
    host: "GET /plugin returns the parameters to anybody who can reach the service, without authentication, and the page hands them to the plugin.",
    fix: "keep secrets out of parameters",
    documents: ["plugins"],
    check: secretInParameters,
  },
  {
    code: "metaflow/path-twice",
    each: true,
    severity: "warning",
    title: "a folder stands twice in paths",
    host: "The same plugin is loaded and listed twice; only the first is served and shown.",
    fix: "remove one of them",
    documents: ["plugins"],
    check: pathTwice,
  },
];

function empty(manifest: Manifest, report: Report): void {
  const map = asMap(manifest.root);
  const { embedding, path = "", text } = manifest.parsed;
  if (embedding?.garbled) return;
  const file = embedding?.file ?? basename(path);
  if (embedding && file !== PLUGINS_FILE && text.trim() === "")
    report([0, text.length], "without a value PLUGINS is as good as absent: the service reads config.plugins.json", {
      severity: "information",
    });
  if (!map || map.pairs.length > 0 || file === PLUGINS_FILE) return;
  report(
    map,
    `an empty PLUGINS doesn't mean "no plugins": the service reads config.plugins.json instead; add an entry`,
  );
}

function overruled(manifest: Manifest, report: Report): void {
  const { folder, parsed, root, workspace } = manifest;
  const first = asMap(root)?.pairs[0]?.key;
  if (parsed.embedding || basename(parsed.path ?? "") !== PLUGINS_FILE || !first) return;
  const variable = valuesIn(workspace).find(
    ({ path, isVariable, entries }) => isVariable && entries.length > 0 && dirname(path) === folder,
  );
  if (!variable) return;
  report(
    first,
    `${basename(variable.path)} sets PLUGINS, and where it does the service doesn't read this file; keep the entries in one of them`,
  );
}

function nestedIdentifier(manifest: Manifest, report: Report): void {
  for (const { identifier, pair } of entriesOf(manifest)) {
    if (!pair.key || !identifier.includes("/") || !isPlainIdentifier(identifier)) continue;
    report(
      pair.key,
      `"${identifier}" names a folder further down in installed/; use one folder name, and "paths" for what is below`,
    );
  }
}

interface Token {
  readonly text: string;
  readonly span: readonly [number, number];
  /** All tokens of the entry. */
  readonly node: Node;
}

function tokensOf(manifest: Manifest): readonly Token[] {
  return entriesOf(manifest).flatMap(({ parameters }) => {
    const node = field(parameters, "sandbox", manifest)?.value;
    const text = asString(node, manifest);
    if (!node || text === undefined) return [];
    return [...text.matchAll(/\S+/g)].map((match) => ({
      node,
      text: match[0],
      span: partOf(manifest, node, match.index, match.index + match[0].length),
    }));
  });
}

function sameOrigin(manifest: Manifest, report: Report): void {
  for (const { text, span, node } of tokensOf(manifest)) {
    if (text.toLowerCase() !== "allow-same-origin") continue;
    report(
      span,
      `with "allow-same-origin" beside the page's own "allow-scripts" the plugin can leave its sandbox; leave it out unless the plugin is trusted like the page`,
      { fixes: withoutToken(manifest, node, text) },
    );
  }
}

function withoutToken(manifest: Manifest, node: Node, token: string): Fix[] {
  const all = asString(node, manifest) ?? "";
  const left = all.split(/\s+/).filter((one) => one !== token && one !== "");
  return [{ title: `Remove "${token}"`, edits: [{ span: spanOf(node), newText: JSON.stringify(left.join(" ")) }] }];
}

function unknownToken(manifest: Manifest, report: Report): void {
  for (const { text, span } of tokensOf(manifest)) {
    if (isOneOf(SANDBOX_TOKENS, text.toLowerCase())) continue;
    const near = nearest(text.replace(/[,;]+$/, ""), SANDBOX_TOKENS)[0];
    const hint = /[,;]/.test(text) ? "; separate tokens by spaces" : near ? `; did you mean "${near}"?` : "";
    const fixes: readonly Fix[] =
      near && !/[,;]./.test(text) ? [{ title: `Change to "${near}"`, edits: [{ span, newText: near }] }] : [];
    report(span, `browsers ignore the sandbox token "${text}"${hint}`, { fixes });
  }
}

function secretInParameters(manifest: Manifest, report: Report): void {
  for (const { parameters } of entriesOf(manifest)) {
    for (const { pair, name = "" } of pairsBelow(parameters)) {
      if (!pair.value || !SECRET.test(name) || !asString(pair.value, manifest)) continue;
      report(
        pair.value,
        `the service publishes "${name}" by "GET /plugin" without authentication; keep secrets out of parameters`,
      );
    }
  }
}

const SECRET =
  /^(.*[_-])?(password|passwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|access[_-]?token|token)$/i;

function pathTwice(manifest: Manifest, report: Report): void {
  for (const { paths } of entriesOf(manifest)) {
    const seen = new Set<string>();
    for (const { node, path } of paths) {
      const plain = path.replace(/^(\.\/)+|\/+$/g, "");
      if (seen.has(plain))
        report(node, `"${path}" stands twice in "paths"; only the first is served and shown, remove this one`, {
          fixes: removeItem(manifest, node),
        });
      seen.add(plain);
    }
  }
}
