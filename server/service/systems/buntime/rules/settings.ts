// Rules about `config`, the description of settings, which only the project's own chart generators read.

import { deref, type Node } from "../../../text/node.js";
import { changeTo } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap, asString, asValue, field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { misnamedIn, SETTING } from "../misnamed.js";
import { topField } from "../tree.js";

export const settingRules: readonly Rule[] = [
  {
    code: "buntime/bad-setting",
    severity: "information",
    title: "a described setting that the chart's form can't show",
    host: "The running host doesn't read `config`; the project's chart generators do, and only for built-in plugins.",
    wrong: "config:\n  order:\n    type: enum",
    right: "config:\n  order:\n    type: enum\n    options: [newest, oldest]",
    fix: "give each setting a type, an enum its options and an object its properties",
    check: checkSettings,
  },
];

function checkSettings(manifest: Manifest, report: Report): void {
  visit(topField(manifest, "config")?.value);

  function visit(settings: Node | undefined): void {
    const map = settings && deref(settings);
    if (map?.kind !== "map") return;
    for (const { key, value } of map.pairs) {
      const setting = asMap(value);
      for (const { key: wrong, name } of setting ? misnamedIn(setting, SETTING) : [])
        if (name !== "type" && name !== "properties")
          report(wrong, `a setting has no "${wrong.text}"; did you mean "${name}"?`, {
            fixes: changeTo(manifest, wrong, name),
          });
      const type = asString(field(value, "type", manifest)?.value, manifest);
      if (!key || !type) continue;
      const lacks = { enum: "options", object: "properties" }[type];
      if (lacks && !field(value, lacks, manifest))
        report(key, `a setting of type "${type}" needs "${lacks}" before the chart's form can show it`);
      const min = asValue(field(value, "min", manifest)?.value, manifest);
      const max = field(value, "max", manifest);
      const limit = asValue(max?.value, manifest);
      if (typeof min === "number" && typeof limit === "number" && max?.value && min > limit)
        report(max.value, `the largest value (${limit}) is below the smallest (${min}); exchange them`, {
          fixes: exchanged(manifest, field(value, "min", manifest)?.value, max.value),
        });
      if (value?.kind === "map") visit(field(value, "properties", manifest)?.value);
    }
  }
}

function exchanged({ parsed: { source } }: Manifest, one: Node | undefined, other: Node): Fix[] {
  const textOf = ({ start, end }: Node) => source.slice(start, end);
  if (!one) return [];
  const edits = [
    { span: [one.start, one.end] as const, newText: textOf(other) },
    { span: [other.start, other.end] as const, newText: textOf(one) },
  ];
  return [{ title: "Exchange them", edits }];
}
