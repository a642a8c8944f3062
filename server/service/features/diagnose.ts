// Problems of one manifest: syntax, schema, common stages, the system's rules; then what broken syntax explains is
// dropped, suppression comments and `plugsmith.rules` are applied, and the rest is sorted.

import { schemaProblems } from "../schema/schemaProblems.js";
import { createValidator, type Validator } from "../schema/validate.js";
import type { Problem, Severity } from "../systems/problem.js";
import type { Manifest, Report, Rule } from "../systems/system.js";
import { deref, type Span, spanOf } from "../text/node.js";
import { expandedSize, MAX_EXPANDED } from "../text/reading.js";
import { deprecatedFields } from "./deprecated.js";
import { duplicateKeys } from "./duplicateKeys.js";
import { applySuppressions } from "./suppress.js";

export type Diagnose = (manifest: Manifest, cancelled?: () => boolean) => readonly Problem[];

export function createDiagnose(validator: Validator = createValidator()): Diagnose {
  return (manifest, cancelled = () => false) => {
    const syntax = syntaxProblems(manifest);
    const found: Problem[] = [];
    if (expandedSize(manifest.root) >= MAX_EXPANDED) {
      return finish(
        manifest,
        [...syntax, bomb(manifest)],
        manifest.parsed.tree.problems.map(({ span }) => span),
      );
    }
    found.push(...schemaProblems(manifest, validator.validate(manifest.schema, manifest.value)));
    if (cancelled()) return [];
    found.push(...duplicateKeys(manifest), ...deprecatedFields(manifest));
    for (const rule of manifest.system.rules) {
      if (cancelled()) return [];
      runRule(rule, manifest, found);
    }
    const broken = manifest.parsed.tree.problems.map(({ span }) => span);
    return finish(manifest, [...syntax, ...found.filter((problem) => !explained(problem, broken, manifest))], broken);
  };
}

function syntaxProblems({ parsed, system }: Manifest): Problem[] {
  return parsed.tree.problems.map(({ span, message }) => ({
    code: `${system.id}/syntax`,
    severity: "error",
    message,
    span,
  }));
}

function bomb({ system, root }: Manifest): Problem {
  const span: Span = root ? [root.start, Math.min(root.end, root.start + 1)] : [0, 0];
  const message = `aliases expand this document to more than ${MAX_EXPANDED} values; the host would run out of memory, write the values out`;
  return { code: `${system.id}/too-large`, severity: "error", message, span };
}

function runRule(rule: Rule, manifest: Manifest, found: Problem[]): void {
  if (!rule.check || (rule.documents && !rule.documents.includes(manifest.kind.id))) return;
  const report: Report = (where, message, more = {}) => {
    const span = "start" in where ? spanOf(where) : where;
    found.push({ code: rule.code, severity: rule.severity, message, span, ...more });
  };
  rule.check(manifest, report);
}

/** A problem on top of broken syntax, or one that misses something in the map where the text is broken, is noise. */
function explained(problem: Problem, broken: readonly Span[], manifest: Manifest): boolean {
  if (broken.some((span) => overlaps(problem.span, span))) return true;
  if (!problem.code.endsWith("/missing-field")) return false;
  const root = manifest.root && deref(manifest.root);
  return root !== undefined && broken.some(([start, end]) => start <= root.end + 1 && end >= root.start);
}

function overlaps([a, b]: Span, [c, d]: Span): boolean {
  return a < d && c < b;
}

function finish(manifest: Manifest, problems: readonly Problem[], broken: readonly Span[]): readonly Problem[] {
  const kept = applySuppressions(manifest, problems, broken);
  const seen = new Set<string>();
  return kept
    .flatMap((problem) => withSeverity(problem, manifest))
    .sort((a, b) => Number(b.fixes !== undefined) - Number(a.fixes !== undefined))
    .filter(({ code, span, message }) => {
      const key = `${code} ${span[0]} ${span[1]} ${message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || a.code.localeCompare(b.code));
}

function withSeverity(problem: Problem, { settings }: Manifest): Problem[] {
  const wanted: Severity | "off" | undefined = settings.rules[problem.code];
  if (wanted === "off") return [];
  return [wanted ? { ...problem, severity: wanted } : problem];
}
