// Problems of one manifest: syntax, schema, common stages, the system's rules; then what broken syntax explains is
// dropped, suppression comments and `plugsmith.rules` are applied, and the rest is sorted.

import { nullFields } from "../schema/nullFields.js";
import { schemaProblems } from "../schema/schemaProblems.js";
import { createValidator, type Validator } from "../schema/validate.js";
import type { Problem, Severity } from "../systems/problem.js";
import type { Manifest, Report, Rule } from "../systems/system.js";
import { firstDocumentProblems } from "../text/hostProblems.js";
import { type Span, spanOf } from "../text/node.js";
import { expandedSize, MAX_EXPANDED } from "../text/reading.js";
import { deprecatedFields } from "./deprecated.js";
import { duplicateKeys } from "./duplicateKeys.js";
import { doubtful, isExplained, withoutUnknown } from "./explained.js";
import { applySuppressions } from "./suppress.js";

export interface DiagnoseHooks {
  readonly cancelled?: () => boolean;
  /** Called with what a check threw, which is a mistake of ours; the other checks go on. Without it the error rises. */
  readonly onError?: (error: unknown, code: string) => void;
}

export type Diagnose = (manifest: Manifest, hooks?: DiagnoseHooks) => readonly Problem[];

export function createDiagnose(validator: Validator = createValidator()): Diagnose {
  return (manifest, { cancelled = () => false, onError } = {}) => {
    const { id } = manifest.system;
    const syntax = syntaxProblems(manifest);
    const broken = syntax.map(({ span }) => doubtful(manifest.parsed.text, span));
    const hasAliases = manifest.parsed.syntax === "yaml";
    if (hasAliases && expandedSize(manifest.root) >= MAX_EXPANDED)
      return finish(manifest, [...syntax, bomb(manifest)], broken);
    const found: Problem[] = [];
    const stages: [string, () => readonly Problem[]][] = [
      [`${id}/schema`, () => schemaProblems(manifest, validator.validate(manifest.schema, manifest.value))],
      [`${id}/unknown-field`, () => nullFields(manifest)],
      [`${id}/duplicate-key`, () => duplicateKeys(manifest)],
      [`${id}/deprecated`, () => deprecatedFields(manifest)],
      ...manifest.system.rules.map((rule): [string, () => Problem[]] => [rule.code, () => runRule(rule, manifest)]),
    ];
    for (const [code, check] of stages) {
      if (cancelled()) return [];
      try {
        for (const problem of check()) found.push(problem);
      } catch (error) {
        if (!onError) throw error;
        onError(error, code);
      }
    }
    return finish(manifest, [...syntax, ...found.filter((problem) => !isExplained(problem, broken))], broken);
  };
}

function syntaxProblems({ parsed, system, kind }: Manifest): Problem[] {
  const problems = kind.readsFirstDocumentOnly ? firstDocumentProblems(parsed.tree) : parsed.tree.problems;
  return problems.map(({ span, message }) => ({
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

function runRule(rule: Rule, manifest: Manifest): Problem[] {
  if (!rule.check || (rule.documents && !rule.documents.includes(manifest.kind.id))) return [];
  const found: Problem[] = [];
  const report: Report = (where, message, more = {}) => {
    const span = "start" in where ? spanOf(where) : where;
    found.push({ code: rule.code, severity: rule.severity, message, span, ...more });
  };
  rule.check(manifest, report);
  return found;
}

function finish(manifest: Manifest, problems: readonly Problem[], broken: readonly Span[]): readonly Problem[] {
  const known = withoutUnknown(problems, manifest.parsed.embedding?.later ?? []);
  const kept = applySuppressions(manifest, known, broken);
  const seen = new Set<string>();
  return (
    kept
      .flatMap((problem) => withSeverity(problem, manifest))
      // Of two equal problems the one that brings fixes stays: a rule may add fixes to what the schema says.
      .sort((a, b) => (b.fixes?.length ?? 0) - (a.fixes?.length ?? 0))
      .filter(({ code, span, message }) => {
        const key = `${code} ${span[0]} ${span[1]} ${message}`;
        return !seen.has(key) && seen.add(key);
      })
      .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || a.code.localeCompare(b.code))
  );
}

function withSeverity(problem: Problem, { settings }: Manifest): Problem[] {
  const wanted: Severity | "off" | undefined = settings.rules[problem.code];
  if (wanted === "off") return [];
  return [wanted ? { ...problem, severity: wanted } : problem];
}
