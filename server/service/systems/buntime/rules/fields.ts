// Rules about keys of the manifest: near misses of known fields, and fields of the time before manifest.yaml.
// Other unknown keys are legal, since they are the plugin's own configuration.

import { keyText, type Pair } from "../../../text/node.js";
import type { Fix } from "../../problem.js";
import { asMap, asScalar, asString, field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { nearField } from "../spelling.js";
import { rewrite, topField } from "../tree.js";

export const fieldRules: readonly Rule[] = [
  {
    code: "buntime/misspelt-field",
    severity: "warning",
    title: "a key that is nearly a known field",
    host: "Unknown keys are legal and go to the plugin as its configuration, so a misspelt field is ignored without a word.",
    wrong: "pluginentry: dist/plugin.js",
    right: "pluginEntry: dist/plugin.js",
    fix: "correct the key",
    check: checkSpelling,
  },
  {
    code: "buntime/old-field",
    severity: "hint",
    title: "a field that no released host reads",
    host: "`mountPath` became `base`, the `fragment` block an `entrypoint` that ends in .html, and `priority` gave way to dependencies, all before the first release. Hosts hand these keys to the plugin's code as configuration.",
    wrong: "mountPath: /notes",
    right: "base: /notes",
    fix: "use the field that took its place",
    check: checkOld,
  },
];

function checkSpelling(manifest: Manifest, report: Report): void {
  const map = asMap(manifest.root);
  if (!map) return;
  const written = new Set(map.pairs.map(keyText));
  for (const { key } of map.pairs) {
    const scalar = asScalar(key);
    const near = scalar && nearField(scalar.text);
    if (!key || !scalar || !near) continue;
    if (written.has(near.name)) continue;
    report(scalar, `the host takes "${scalar.text}" for configuration of your code; did you mean "${near.name}"?`, {
      severity: near.sure ? "warning" : "information",
      fixes: [{ title: `Change to "${near.name}"`, edits: [rewrite(manifest, scalar, near.name)] }],
    });
  }
}

function checkOld(manifest: Manifest, report: Report): void {
  const mountPath = topField(manifest, "mountPath");
  if (mountPath?.key) {
    const fixes = topField(manifest, "base") ? [] : [renamed(manifest, mountPath, "base")].flat();
    const severity = topField(manifest, "base") ? "hint" : "warning";
    report(mountPath.key, 'no released host reads "mountPath"; write "base"', {
      tags: ["deprecated"],
      severity,
      fixes,
    });
  }
  const fragment = topField(manifest, "fragment");
  if (fragment?.key && asMap(fragment.value)) {
    const page = asString(field(fragment.value, "entrypoint", manifest)?.value, manifest);
    const like = page?.endsWith(".html") ? page : "dist/client/index.html";
    report(fragment.key, `no released host reads "fragment"; name the page in "entrypoint", such as "${like}"`, {
      tags: ["deprecated"],
    });
  }
  const priority = topField(manifest, "priority");
  if (priority?.key)
    report(
      priority.key,
      'no released host reads "priority"; the order follows "dependencies" and "optionalDependencies"',
      {
        tags: ["deprecated"],
      },
    );
}

function renamed(manifest: Manifest, { key }: Pair, name: string): Fix[] {
  const scalar = asScalar(key);
  return scalar ? [{ title: `Change to "${name}"`, edits: [rewrite(manifest, scalar, name)] }] : [];
}
