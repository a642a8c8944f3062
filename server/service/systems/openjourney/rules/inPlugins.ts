// Rules of fields, also for the plugins that do what those fields do: a patch of a PatchTransformer is a patch.

import type { Span } from "../../../text/node.js";
import { remember } from "../../../text/remember.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { buildAs, buildOf } from "../model/build.js";
import { spanInside } from "../model/inline.js";
import { kustomizationOf, seeAs } from "../model/kustomization.js";
import { manifestOf } from "../model/manifestOf.js";
import { CAME_FROM } from "../model/placed.js";
import type { PluginStep } from "../model/pluginSteps.js";
import { pairOf, spotIn } from "../model/reading.js";

/** The same rules, looking into plugins too. */
export const inPlugins = (rules: readonly Rule[]): readonly Rule[] =>
  rules.map((rule) => {
    const { check } = rule;
    if (!check) return rule;
    return {
      ...rule,
      check(manifest, report) {
        check(manifest, report);
        for (const inner of pluginsOf(manifest)) check(inner.manifest, told(inner, manifest, report));
      },
    };
  });

interface Inner {
  readonly step: PluginStep;
  readonly manifest: Manifest;
}

/** The plugins of a manifest, each as a manifest of its own. */
export const pluginsOf = remember((outer: Manifest): readonly Inner[] => {
  if (!["generators", "transformers", "validators"].some((field) => pairOf(outer.root, field))) return [];
  return buildOf(outer).plugins.map((step): Inner => {
    const manifest = manifestOf(step.kustomization, outer);
    // A component that is judged by what its user brings works on that in its plugins too.
    seeAs(manifest, { ...step.kustomization, kind: kustomizationOf(outer).kind });
    buildAs(manifest, step.build);
    CAME_FROM.set(manifest, CAME_FROM.get(outer) ?? []);
    return { step, manifest };
  });
});

/** Told at the place of an inline plugin, else at the entry that names the file. */
function told({ step }: Inner, outer: Manifest, report: Report): Report {
  const { source, kustomization } = step;
  const { node, scalar, text } = source;
  const { kind = "", name = "" } = kustomization.plugin ?? {};
  return (where, message, { severity, related = [] } = {}) => {
    const inner: Span = "start" in where ? [where.start, where.end] : where;
    const file = scalar ? "" : ` of "${text}"`;
    const path = scalar ? undefined : source.parsed.path;
    const own = path === undefined ? [] : [{ message, path, span: inner }];
    const spot = spotIn(node);
    const span = (scalar && spanInside(scalar, outer.parsed.text, inner)) ?? ([spot.start, spot.end] as const);
    report(span, `${message} (${kind} "${name}"${file})`, {
      ...(severity && { severity }),
      ...(own.length + related.length > 0 && { related: [...own, ...related] }),
    });
  };
}
