// Problems of one manifest: syntax, schema, common stages, the system's rules; then what broken syntax explains is
// dropped, suppression comments and `plugsmith.rules` are applied, and the rest is sorted.

import { nullFields } from "../schema/nullFields.js";
import { schemaProblems } from "../schema/schemaProblems.js";
import { createValidator, type Validator } from "../schema/validate.js";
import { isUtf16 } from "../systems/encoding.js";
import { manifestFrom } from "../systems/manifest.js";
import type { Problem, Severity } from "../systems/problem.js";
import type { DocumentKind, Manifest, Report, Rule, System } from "../systems/system.js";
import type { Change } from "../text/difference.js";
import { asGoReads } from "../text/go/document.js";
import { firstDocumentProblems } from "../text/hostProblems.js";
import { type Node, type Span, spanOf } from "../text/node.js";
import { isBomb, MAX_EXPANDED } from "../text/reading.js";
import { remember } from "../text/remember.js";
import { Snapshot } from "../text/snapshot.js";
import { cutIn, isByCut } from "./cut.js";
import { deprecatedFields } from "./deprecated.js";
import { duplicateKeys } from "./duplicateKeys.js";
import { memberEdit } from "./edit.js";
import {
  aliasesOnce,
  doubtful,
  isExplained,
  keysOfWrongMapsLeftOut,
  tabsTogether,
  withoutFixesIn,
  withoutOutdone,
  withoutUnknown,
  wrongTypesOnce,
} from "./explained.js";
import { withLineEnds } from "./lineEnds.js";
import { asMeant } from "./meant.js";
import { movedProblem } from "./move.js";
import { nulIn } from "./nul.js";
import { applySuppressions } from "./suppress.js";

export interface DiagnoseHooks {
  readonly cancelled?: () => boolean;
  /** Called with what a check threw, which is a mistake of ours; the other checks go on. Without it the error rises. */
  readonly onError?: (error: unknown, code: string) => void;
}

export interface Diagnose {
  /** All problems; what `kept` is given to is ready for `edited` then. */
  (manifest: Manifest, hooks?: DiagnoseHooks, kept?: Kept): readonly Problem[];
  /**
   * Problems of a version after the one that `kept` knows: the members that were edited are judged anew, what stands
   * elsewhere and what looks across members is as it was. Undefined where more than members changed.
   */
  edited(manifest: Manifest, kept: Kept, hooks?: DiagnoseHooks): readonly Problem[] | undefined;
  /** All problems of the version that `kept` knows: what looks across members is asked, what was found in them stays. */
  across(manifest: Manifest, kept: Kept, hooks?: DiagnoseHooks): readonly Problem[] | undefined;
}

/** What was found in the last version that was looked at. */
export interface Kept {
  last?: { readonly root: Node | undefined; readonly source: Snapshot; readonly found: readonly Found[] };
}

/** A problem before suppressions, and whether it is a member's own affair. */
interface Found {
  readonly problem: Problem;
  readonly each: boolean;
}

export function createDiagnose(validator: Validator = createValidator()): Diagnose {
  const stagesOf = remember((system: System) => remember((kind: DocumentKind) => stages(system, kind, validator)));
  const of = ({ system, kind }: Manifest) => stagesOf(system)(kind);
  const diagnose = (written: Manifest, hooks: DiagnoseHooks = {}, kept?: Kept): readonly Problem[] => {
    const manifest = asRead(written);
    if (isBomb(manifest.parsed.tree, manifest.root)) {
      if (kept) delete kept.last;
      return finish(manifest, [], [bomb(manifest)]);
    }
    const meant = asMeant(manifest, validator);
    if (meant) {
      if (kept) delete kept.last;
      const found = run(of(meant.manifest).all, meant.manifest, hooks);
      return found
        ? finish(
            meant.manifest,
            found.map(({ problem }) => problem),
            [],
            meant.lines,
          )
        : [];
    }
    const found = run(of(manifest).all, manifest, hooks);
    if (!found) return [];
    const cut = cutIn(manifest);
    const whole = cut && run(of(cut.whole).all, cut.whole, hooks)?.map(({ problem }) => problem);
    if (
      cut &&
      whole &&
      isByCut(
        found.map(({ problem }) => problem),
        whole,
      )
    ) {
      if (kept) delete kept.last;
      return finish(cut.whole, whole, [cut.problem]);
    }
    return conclude(manifest, found, kept);
  };
  const edited: Diagnose["edited"] = (manifest, kept, hooks = {}) => {
    const { last } = kept;
    if (asRead(manifest) !== manifest || asMeant(manifest, validator) || cutIn(manifest)) return undefined;
    const edit = last && memberEdit(last.root, manifest);
    if (!last || !edit) return undefined;
    const { added, removed } = edit;
    const fresh = added ? run(of(manifest).each, edit.slice, hooks) : [];
    if (!fresh) return [];
    const change = manifest.parsed.source.changeSince(last.source);
    const found = [
      ...last.found.flatMap((one) => (one.each && isIn(one, removed) ? [] : moved(one, change))),
      ...fresh.filter((one) => isIn(one, added)),
    ];
    return conclude(manifest, found, kept);
  };
  const across: Diagnose["across"] = (manifest, kept, hooks = {}) => {
    const { last } = kept;
    if (!last || last.root !== manifest.root || last.source !== manifest.parsed.source) return undefined;
    const fresh = run(of(manifest).across, manifest, hooks);
    return fresh && conclude(manifest, [...last.found.filter(({ each }) => each), ...fresh], kept);
  };
  return Object.assign(diagnose, { edited, across });
}

/** What the host reads of it, where that isn't all. */
function asRead(manifest: Manifest): Manifest {
  if (!manifest.kind.readsFirstDocumentOnly) return manifest;
  const parsed = asGoReads(manifest.parsed);
  return parsed === manifest.parsed ? manifest : manifestFrom(manifest, parsed);
}

function conclude(manifest: Manifest, found: readonly Found[], kept: Kept | undefined): readonly Problem[] {
  if (kept) kept.last = { root: manifest.root, source: manifest.parsed.source, found };
  return finish(
    manifest,
    found.map(({ problem }) => problem),
  );
}

const isIn = ({ problem: { span } }: Found, around: Span | undefined): boolean =>
  around !== undefined && around[0] <= span[0] && span[0] <= around[1];

function moved({ problem, each }: Found, change: Change): Found[] {
  const there = movedProblem(problem, change);
  return there ? [{ problem: there, each }] : [];
}

interface Stage {
  readonly code: string;
  readonly each: boolean;
  readonly check: (manifest: Manifest) => readonly Problem[];
}

/** What one kind of document is asked: all of it, of which some concerns each member alone and some looks across. */
interface Stages {
  readonly all: readonly Stage[];
  readonly each: readonly Stage[];
  readonly across: readonly Stage[];
}

function stages({ id, rules }: System, kind: DocumentKind, validator: Validator): Stages {
  const shape = (one: Manifest) => schemaProblems(one, validator.validate(one.schema, one.value));
  const own = rules.filter(({ check, documents }) => check && documents?.includes(kind.id) !== false);
  const all: readonly Stage[] = [
    { code: `${id}/schema`, each: true, check: shape },
    { code: `${id}/unknown-field`, each: true, check: nullFields },
    ...duplicateStages(`${id}/duplicate-key`, kind),
    { code: `${id}/deprecated`, each: true, check: deprecatedFields },
    ...own.map((rule): Stage => ({ code: rule.code, each: rule.each === true, check: (one) => runRule(rule, one) })),
  ];
  return { all, each: all.filter(({ each }) => each), across: all.filter(({ each }) => !each) };
}

/** Where the members are the root's own pairs, its keys are compared across members. */
const duplicateStages = (code: string, { members }: DocumentKind): readonly Stage[] =>
  members === "pairs"
    ? [
        { code, each: true, check: (one) => duplicateKeys(one, "below") },
        { code, each: false, check: (one) => duplicateKeys(one, "root") },
      ]
    : [{ code, each: members === "items", check: (one) => duplicateKeys(one) }];

/** What the stages find; undefined when the caller wants no more. */
function run(stages: readonly Stage[], manifest: Manifest, hooks: DiagnoseHooks): Found[] | undefined {
  const { cancelled = () => false, onError } = hooks;
  const found: Found[] = [];
  for (const { code, each, check } of stages) {
    if (cancelled()) return undefined;
    try {
      const problems = check(manifest);
      if (problems.length > 0) for (const problem of problems) found.push({ problem, each });
    } catch (error) {
      if (!onError) throw error;
      onError(error, code);
    }
  }
  return found;
}

function syntaxProblems(manifest: Manifest): Problem[] {
  const { parsed, system, kind, workspace } = manifest;
  // A variable without a value isn't broken.
  if (parsed.embedding && parsed.text.trim() === "") return [];
  // What stands there is told as a whole.
  if (parsed.embedding?.garbled?.isOtherSyntax) return [];
  const isMarked = !parsed.embedding && parsed.source.slice(0, 1) === "\ufeff";
  const isForeign = isMarked && !kind.readsUtf16 && isUtf16(workspace.files, parsed.path);
  const nuls = parsed.source.count("\0");
  if (isForeign || nuls * 8 > parsed.source.length) {
    const message = "this is no UTF-8 text (UTF-16, or no text at all); save the file with the encoding UTF-8";
    return [{ code: `${system.id}/syntax`, severity: "error", message, span: [0, parsed.source.length] }];
  }
  if (nuls > 0) return [nulIn(manifest)];
  const problems = kind.readsFirstDocumentOnly ? firstDocumentProblems(parsed.tree) : parsed.tree.problems;
  // Of a value as Python writes it each key and text would be told.
  const isPython = parsed.embedding && problems[0] && parsed.text.charAt(problems[0].span[0]) === "'";
  return (isPython ? problems.slice(0, 1) : problems).map(({ span, message }) => ({
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

function runRule(rule: Rule, manifest: Manifest): readonly Problem[] {
  // Of hundreds of rules nearly all find nothing.
  let found: Problem[] | undefined;
  const report: Report = (where, message, more = {}) => {
    const span = "start" in where ? spanOf(where) : where;
    found ??= [];
    found.push({ code: rule.code, severity: rule.severity, message, span, ...more });
  };
  rule.check?.(manifest, report);
  return found ?? NONE;
}

const NONE: readonly Problem[] = [];

/** With the problems of the syntax, and without what those explain. */
function finish(
  manifest: Manifest,
  found: readonly Problem[],
  sure: readonly Problem[] = [],
  lines: readonly Span[] = [],
): readonly Problem[] {
  const syntax = syntaxProblems(manifest);
  const { source, document, embedding } = manifest.parsed;
  const broken = [...syntax.map((one) => doubtful(source, one)), ...lines];
  const unwritten: readonly Span[] = embedding?.garbled?.isOtherSyntax ? [[0, source.length]] : lines;
  const own = found
    .filter((problem) => !isExplained(problem, broken))
    .map((problem) => withoutFixesIn(problem, unwritten));
  // A text that was mended is not the one that stands there.
  const written = embedding || !(document instanceof Snapshot) ? source : document;
  const problems = [
    ...tabsTogether(syntax, written),
    ...sure,
    ...aliasesOnce(wrongTypesOnce(keysOfWrongMapsLeftOut(own), written), written),
  ];
  const told = withoutOutdone(problems, manifest.system.rules);
  const known = withoutUnknown(told, manifest.parsed.embedding?.later ?? []);
  const kept = applySuppressions(manifest, known, broken);
  const seen = new Set<string>();
  return (
    kept
      .map((one) => (one.fixes ? { ...one, fixes: one.fixes.map((fix) => withLineEnds(manifest, fix)) } : one))
      .flatMap((problem) => withSeverity(problem, manifest))
      // Of two equal problems the one that brings more stays: a rule may add fixes, or a reason, to what the schema says.
      .sort((a, b) => extras(b) - extras(a))
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

const extras = ({ fixes = [], related = [] }: Problem): number => fixes.length + related.length;
