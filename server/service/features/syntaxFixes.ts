// Fixes of text that the parser can't read. They are sought when somebody asks for them, not at each keystroke: each way to
// write the place is tried on the text, and what isn't certain is only offered where it brings no other problem to light.

import type { Validator } from "../schema/validate.js";
import { manifestFrom } from "../systems/manifest.js";
import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { misreadings } from "../text/mistakes/misreadings.js";
import { applied, type Rewrite, rewrites } from "../text/mistakes/rewrite.js";
import type { Tree } from "../text/node.js";
import { parseText, rewritten } from "../text/parsed.js";
import type { Diagnose } from "./diagnose.js";
import { withLineEnds } from "./lineEnds.js";
import { asMeant } from "./meant.js";

/** Gives a problem of the syntax the edits that would mend it; any other stays as it is. */
export type SyntaxFixer = (manifest: Manifest, problem: Problem) => Problem;

/** A longer text takes too long to be read again and again. */
const MAX_TEXT = 100_000;

export function syntaxFixer(diagnose: Diagnose, validator: Validator): SyntaxFixer {
  return (manifest, problem) => {
    const { parsed, system } = manifest;
    if (parsed.text.length > MAX_TEXT) return problem;
    if (problem.code !== `${system.id}/syntax`) return readOtherwise(manifest, problem);
    const known = asMeant(manifest, validator)?.fixes;
    if (known) return { ...problem, fixes: known.map((fix) => withLineEnds(manifest, fix)) };
    const faults = (tree: Tree) => {
      const { schema, value } = manifestFrom(manifest, { ...parsed, tree });
      return validator.validate(schema, value).length;
    };
    const found = rewrites(parsed.text, parsed.syntax, problem, faults);
    const before = found.some(({ isCertain }) => !isCertain) ? codesOf(diagnose(manifest)) : [];
    const fixes = found
      .filter((one) => one.isCertain || !addsTo(before, codesOf(diagnose(after(manifest, one)))))
      .map(({ title, edits, isCertain }) => withLineEnds(manifest, { title, edits, safe: isCertain === true }));
    return fixes.length > 0 ? { ...problem, fixes } : problem;
  };

  /** What YAML reads as something else than its author: offered where it takes the problem away and brings no other. */
  function readOtherwise(manifest: Manifest, problem: Problem): Problem {
    const ways = manifest.parsed.syntax === "yaml" ? misreadings(manifest.parsed.text, problem.span) : [];
    if (ways.length === 0) return problem;
    const before = codesOf(diagnose(manifest));
    const fixes = ways.filter((way) => {
      const then = codesOf(diagnose(after(manifest, way)));
      return then.length < before.length && !addsTo(before, then);
    });
    if (fixes.length === 0) return problem;
    return { ...problem, fixes: [...fixes.map(({ title, edits }) => ({ title, edits })), ...(problem.fixes ?? [])] };
  }
}

const codesOf = (problems: readonly Problem[]): readonly string[] => problems.map(({ code }) => code);

function addsTo(before: readonly string[], after: readonly string[]): boolean {
  const count = (codes: readonly string[], code: string) => codes.filter((one) => one === code).length;
  return after.some((code) => count(after, code) > count(before, code));
}

function after(manifest: Manifest, { edits }: Rewrite): Manifest {
  const { parsed } = manifest;
  const { document, text, tree, eol } = parseText(parsed.uri, applied(parsed.text, edits));
  const then = { ...rewritten(parsed, text, tree), document, eol };
  return manifestFrom(manifest, then);
}
