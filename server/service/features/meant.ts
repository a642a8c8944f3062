// A manifest whose text is broken as it was probably meant, so that one mistake is told once: what follows from it in the
// lines below is none of its own.

import type { Validator } from "../schema/validate.js";
import { manifestFrom } from "../systems/manifest.js";
import type { Fix } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { findChain } from "../text/chain.js";
import { firstDocumentProblems } from "../text/hostProblems.js";
import { LONGEST_MENDED, mended } from "../text/mistakes/mend.js";
import type { Span, Tree } from "../text/node.js";
import { rewritten } from "../text/parsed.js";
import { lostKey } from "./lostKey.js";

export interface Meant {
  readonly manifest: Manifest;
  /** Lines that were mended, of which nothing more can be said. */
  readonly lines: readonly Span[];
  /** For the only problem of its text, where they are known already. */
  readonly fixes?: readonly Fix[];
}

/** Undefined for a text without mistakes, and for one whose mistakes can't be told apart from what follows from them. */
export function asMeant(manifest: Manifest, validator: Validator): Meant | undefined {
  const { parsed, kind } = manifest;
  const known = MEANT.get(manifest);
  if (known) return known.meant;
  const problems = kind.readsFirstDocumentOnly ? firstDocumentProblems(parsed.tree) : parsed.tree.problems;
  const mayMend = problems.length > 0 && !parsed.embedding && parsed.source.length <= LONGEST_MENDED;
  const like = (text: string, tree: Tree) => manifestFrom(manifest, rewritten(parsed, text, tree));
  const faults = (tree: Tree) => {
    const { schema, value } = like(parsed.text, tree);
    return validator.validate(schema, value).length;
  };
  const found = mayMend ? mended(parsed.text, parsed.syntax, parsed.tree, faults) : undefined;
  // Of a tab the place is certain, and no other line is to be blamed.
  const tabs = problems.filter(({ span }) => parsed.source.slice(span[0], span[0] + 1) === "\t");
  const isRight = tabs.every(({ span: [at] }) => found?.lines.some(([start, end]) => start <= at && at < end));
  const lost = mayMend ? lostKey(manifest, parsed.tree, validator) : undefined;
  // Where a change of a line above, the first below its key, leaves nothing to say, no key is missing.
  const isElsewhere =
    found?.lines.every(
      ([start]) => lost && start < lost.lines[0] && /:[ \t]*(?:#.*)?\r?\n\s*$/.test(parsed.text.slice(0, start)),
    ) && faults(found.tree) === 0;
  const meant =
    lost && !isElsewhere
      ? { manifest: like(lost.text, lost.tree), lines: [lost.lines], fixes: lost.fixes }
      : found && isRight
        ? {
            manifest: like(found.text, found.tree),
            lines: found.lines.map((line) => withText(found.tree, line)),
          }
        : undefined;
  MEANT.set(manifest, { meant });
  return meant;
}

const MEANT = new WeakMap<Manifest, { readonly meant: Meant | undefined }>();

/** With the whole of the text below a key that a mended line belongs to. */
function withText({ documents }: Tree, [start, end]: Span): Span {
  const block = documents
    .flatMap(({ root }) => findChain(root, end))
    .map(({ node }) => node)
    .find((node) => node?.kind === "scalar" && node.style === "block");
  return block ? [Math.min(start, block.start), Math.max(end, block.end)] : [start, end];
}
