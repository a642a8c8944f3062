// Finds values that look like secrets. A manifest is packed, uploaded and readable by every file browser of the host.

import { type KeyPath, keyText, type Node, type Pair, type ScalarNode } from "../../../text/node.js";
import type { Fix } from "../../problem.js";
import { asMap, asString } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { describedFix, movedFix } from "../secretFixes.js";
import { looksSecret } from "../secretText.js";
import { topField } from "../tree.js";
import { prefixesOf } from "./worker.js";

export const secretRules: readonly Rule[] = [
  {
    code: "buntime/secret-in-manifest",
    severity: "warning",
    title: "a value that looks like a secret",
    host: "The host packs nothing away: whoever may read the plugin's files reads the manifest, and names of `env` that match `envPrefix` are sent to the browser. The guide asks for environment variables instead.",
    wrong: "clientSecret: 9f86d081884c7d65",
    right: "config:\n  clientSecret:\n    type: password\n    env: NOTES_CLIENT_SECRET",
    fix: "read it from the environment of the host, and change the secret if the manifest was shared",
    check: checkSecrets,
  },
];

function checkSecrets(manifest: Manifest, report: Report): void {
  const root = asMap(manifest.root);
  if (!root) return;
  for (const pair of root.pairs) {
    const name = keyText(pair);
    if (name === undefined || !pair.value) continue;
    visit(pair.value, name, [name], pair);
  }

  function visit(node: Node, name: string, at: KeyPath, around?: Pair): void {
    if (node.kind === "alias") return;
    if (node.kind === "scalar") {
      judge(node, name, at, around);
      return;
    }
    if (node.kind === "list") {
      for (const item of node.items) if (item) visit(item, name, at);
      return;
    }
    for (const pair of node.pairs) {
      const key = keyText(pair);
      // A setting that is described as a password must not bring one along.
      const isDefault = key === "default" && at[0] === "config" && textOf(node, "type") === "password";
      if (key !== undefined && pair.value) visit(pair.value, isDefault ? "password" : key, [...at, key], pair);
    }
  }

  function judge(node: ScalarNode, name: string, at: KeyPath, around: Pair | undefined): void {
    const value = asString(node, manifest);
    if (!value || !looksSecret(name, value, at)) return;
    const shown = at[0] === "env" ? "; names of env that match envPrefix reach every browser" : "";
    report(
      node,
      `the value of "${name}" looks like a secret, and whoever reads the plugin's files reads it${shown}; take it from the environment`,
      { fixes: around ? fixesFor(node, value, at, around) : [] },
    );
  }

  function fixesFor(node: ScalarNode, value: string, at: KeyPath, pair: Pair): readonly Fix[] {
    if (at.length === 1) return describedFix(manifest, pair, value);
    const env = at.length === 2 && at[0] === "env" ? topField(manifest, "env") : undefined;
    // What matches envPrefix reaches the browser from .env as well.
    const isShown = prefixesOf(manifest)?.some((prefix) => String(at[1]).startsWith(prefix)) ?? true;
    return env && !isShown ? movedFix(manifest, env, pair, node, value) : [];
  }

  function textOf(map: Node, key: string): string | undefined {
    const pair = asMap(map)?.pairs.find((one) => keyText(one) === key);
    return asString(pair?.value, manifest);
  }
}
