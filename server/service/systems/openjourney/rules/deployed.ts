// Whether any overlay of the project takes a plugin's kubernetes folder in: the server applies overlays, and nothing else.

import { dirname, isInside, resolve } from "../../../text/paths.js";
import type { ManifestFacts } from "../../facts.js";
import type { Rule } from "../../system.js";
import { isFacts } from "../describe.js";
import { pluginOf } from "../model/plugin.js";
import { startOf } from "./paths.js";

export const deployedRules: readonly Rule[] = [
  {
    code: "openjourney/not-deployed",
    severity: "information",
    title: "a plugin that no overlay lists",
    host: "The server applies kubernetes/overlays/local or production. A plugin's kustomization is built only when one of these, or something that they list, names its folder.",
    wrong: "resources:\n- ../../base",
    right: "resources:\n- ../../base\n- ../../../plugins/web/kubernetes",
    fix: "list plugins/<name>/kubernetes in an overlay or base of the project",
    documents: ["kustomization"],
    check(manifest, report) {
      const plugin = pluginOf(manifest.parsed.path, manifest.workspace.files);
      if (!plugin) return;
      const project = `${dirname(dirname(plugin.root))}/kubernetes`;
      const known = manifest.workspace.manifests(manifest.system.id).filter(({ path }) => isInside(path, project));
      const hasOverlay = known.some(({ path }) => isInside(path, `${project}/overlays`));
      if (hasOverlay && !known.some((one) => lists(one, plugin.kubernetes)))
        report(
          startOf(manifest),
          `no overlay lists "plugins/${plugin.name}/kubernetes", so the server never deploys it; add it to one of kubernetes/overlays`,
        );
    },
  },
];

function lists({ path, facts }: ManifestFacts, folder: string): boolean {
  if (!isFacts(facts)) return false;
  const named = [...facts.resources, ...facts.components].map((text) => resolve(dirname(path), text));
  return named.some((one) => one === folder || one === dirname(folder));
}
