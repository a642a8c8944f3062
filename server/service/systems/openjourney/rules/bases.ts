// Bases and components that don't build by themselves: told at the entry that names them, with the first error found
// there. The base's own file shows the rest.

import { nullFields } from "../../../schema/nullFields.js";
import { schemaProblems } from "../../../schema/schemaProblems.js";
import { createValidator, type Validator } from "../../../schema/validate.js";
import { firstDocumentProblems } from "../../../text/hostProblems.js";
import { keyText, type Node } from "../../../text/node.js";
import { relativeTo } from "../../../text/paths.js";
import { isBomb } from "../../../text/reading.js";
import { remember } from "../../../text/remember.js";
import type { Problem } from "../../problem.js";
import { asMap } from "../../read.js";
import { DEFAULT_SETTINGS } from "../../settings.js";
import type { Manifest, Report, Rule, System } from "../../system.js";
import { buildAs, buildOf } from "../model/build.js";
import { type Kustomization, kustomizationOf, parsedFile, seeAs } from "../model/kustomization.js";
import { manifestOf } from "../model/manifestOf.js";
import type { Flaw } from "../model/objects.js";
import { CAME_FROM, localPlaces } from "../model/placed.js";
import type { Reference } from "../model/references.js";

export const baseRules: readonly Rule[] = [
  {
    code: "openjourney/broken-base",
    severity: "error",
    title: "a base or component doesn't build",
    host: "kustomize builds every base first; its error ends the whole build. So does what a component does to objects that aren't there.",
    fix: "mend the base",
    check(manifest, report) {
      for (const { reference, place } of localPlaces(manifest)) {
        if (place.is !== "folder" || !place.base) continue;
        const error =
          errorOf(place.base, manifest) ?? errorHere(reference.node, manifest) ?? errorAtEnd(place.base, manifest);
        if (!error) {
          late(manifest, reference, report);
          continue;
        }
        const { path, parsed } = place.base;
        const line = parsed.document.positionAt(error.span[0]).line + 1;
        const file = relativeTo(manifest.folder ?? "/", path);
        report(reference.span, `"${reference.text}" doesn't build: ${error.message} (${file}, line ${line})`, {
          related: [{ message: error.message, path, span: error.span }],
        });
      }
    },
  },
];

/** What a base brings and only the output of the whole build stumbles over. */
function late(manifest: Manifest, { node, text, span }: Reference, report: Report): void {
  const found = CAME_FROM.has(manifest) ? undefined : lateOf(manifest).get(node);
  if (!found) return;
  const { path, flaw } = found;
  const line = parsedFile(path, manifest.workspace.files)?.document.positionAt(flaw.span[0]).line ?? 0;
  const file = relativeTo(manifest.folder ?? "/", path);
  report(span, `"${text}" doesn't build: ${flaw.why} (${file}, line ${line + 1}); mend the file`, {
    related: [{ message: flaw.why, path, span: flaw.span }],
  });
}

interface Late {
  readonly path: string;
  readonly flaw: Flaw;
}

/** The first flaw that each entry brings. */
const lateOf = remember((manifest: Manifest): ReadonlyMap<Node, Late> => {
  const { final, entries } = buildOf(manifest);
  const found = new Map<Node, Late>();
  for (const { late: flaws, origin } of final) {
    const entry = entries.get(origin);
    const [flaw] = flaws;
    if (flaw && entry && !found.has(entry)) found.set(entry, { path: origin.path, flaw });
  }
  return found;
});

/** What was found in each base, kept for one asking manifest, so that a base named twice is judged once. */
const FOUND = new WeakMap<Manifest, Map<string, Problem | undefined>>();

function errorOf(base: Kustomization, asking: Manifest): Problem | undefined {
  const found = FOUND.get(asking) ?? new Map<string, Problem | undefined>();
  FOUND.set(asking, found);
  if (found.has(base.path)) return found.get(base.path);
  found.set(base.path, undefined);
  const manifest = asBase(base, asking);
  FOUND.set(manifest, found);
  comeFrom(manifest, asking);
  const error = firstError(manifest);
  found.set(base.path, error);
  return error;
}

/** What a component, right by itself, fails on with the objects that it is used for. */
function errorHere(entry: Node, asking: Manifest): Problem | undefined {
  if (kustomizationOf(asking).kind !== "Kustomization") return undefined;
  const step = buildOf(asking).components.find((one) => one.entry === entry);
  if (!step) return undefined;
  const manifest = asBase(step.kustomization, asking);
  seeAs(manifest, { ...step.kustomization, kind: "Kustomization" });
  buildAs(manifest, step.build);
  comeFrom(manifest, asking);
  return firstToldBy(
    asking.system.rules.filter(({ code }) => USING_OBJECTS.includes(code)),
    manifest,
  );
}

/** What the output of the base alone fails on, where nothing that is built of it could put that right. */
function errorAtEnd(base: Kustomization, asking: Manifest): Problem | undefined {
  const fields = asMap(asking.root)?.pairs.map((pair) => keyText(pair)?.toLowerCase() ?? "") ?? [];
  if (CAME_FROM.has(asking) || !fields.every((field) => HANDING_ON.includes(field))) return undefined;
  const found = FOUND_AT_END.get(asking) ?? new Map<string, Problem | undefined>();
  FOUND_AT_END.set(asking, found);
  if (found.has(base.path)) return found.get(base.path);
  const manifest = asBase(base, asking);
  FOUND_AT_END.set(manifest, found);
  const rules = asking.system.rules.filter(({ code }) => AT_THE_END.includes(code));
  const error = firstToldBy(rules, manifest);
  found.set(base.path, error);
  return error;
}

/** What the output of each base fails on, as `FOUND` has what its build does. */
const FOUND_AT_END = new WeakMap<Manifest, Map<string, Problem | undefined>>();

const HANDING_ON = ["apiversion", "kind", "metadata", "resources", "bases", "commonannotations", "sortoptions"];

/** Rules of what only the output of a whole build stumbles over. */
const AT_THE_END = ["broken-base", "object-misshaped", "reference-ambiguous", "replacement-type"].map(
  (code) => `openjourney/${code}`,
);

/** Rules of what a component does to objects that it doesn't bring; a component by itself is spared them. */
const USING_OBJECTS = [
  "broken-base",
  "patch-no-match",
  "patch-misfit",
  "patch-json-path-absent",
  "replica-no-match",
  "generator-merge-absent",
  "generator-create-exists",
  "replacement-source",
  "replacement-field",
].map((code) => `openjourney/${code}`);

function comeFrom(manifest: Manifest, asking: Manifest): void {
  CAME_FROM.set(manifest, [...(CAME_FROM.get(asking) ?? []), ...(asking.folder === undefined ? [] : [asking.folder])]);
}

function firstError(manifest: Manifest): Problem | undefined {
  const { parsed, root, system } = manifest;
  const [broken] = firstDocumentProblems(parsed.tree);
  if (broken) return { code: "openjourney/syntax", severity: "error", message: broken.message, span: broken.span };
  if (isBomb(parsed.tree, root)) return bomb(root);
  const shape = schemaProblems(manifest, validatorOf(system).validate(manifest.schema, manifest.value));
  const wrong = [...shape, ...nullFields(manifest)].find(
    ({ code, severity }) => severity === "error" && code !== "openjourney/sort-order",
  );
  return wrong ?? firstToldBy(system.rules, manifest);
}

function bomb(root: Node | undefined): Problem {
  const message = "aliases expand it to more values than kustomize reads";
  return { code: "openjourney/too-large", severity: "error", message, span: [root?.start ?? 0, root?.start ?? 0] };
}

function firstToldBy(rules: readonly Rule[], manifest: Manifest): Problem | undefined {
  for (const rule of rules) {
    if (!rule.check || rule.code === "openjourney/no-dockerfile") continue;
    let first: Problem | undefined;
    const report: Report = (where, message, more = {}) => {
      const span = "start" in where ? ([where.start, where.end] as const) : where;
      const problem: Problem = { code: rule.code, severity: rule.severity, message, span, ...more };
      if (problem.severity === "error") first ??= problem;
    };
    rule.check(manifest, report);
    if (first) return first;
  }
  return undefined;
}

/** Without what a user switched off: the build fails all the same. */
const asBase = (base: Kustomization, asking: Manifest): Manifest =>
  manifestOf(base, asking, {
    ...DEFAULT_SETTINGS,
    kustomizeLoadRestrictor: asking.settings.kustomizeLoadRestrictor,
  });

function validatorOf(system: System): Validator {
  const validator = VALIDATORS.get(system) ?? createValidator();
  VALIDATORS.set(system, validator);
  return validator;
}

const VALIDATORS = new WeakMap<System, Validator>();
