// A line that ends the document in the midst of a block. Hosts that read one document alone lose the rest of the block, and
// what the first part lacks then is told in its lines; the line to change is this one.
//
//     images:
//     - name: web
//     ---              <- this
//       newTag: "2"

import { manifestFrom } from "../systems/manifest.js";
import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import { firstDocumentProblems } from "../text/hostProblems.js";
import { LONGEST_MENDED } from "../text/mistakes/mend.js";
import { rewritten } from "../text/parsed.js";
import { readText } from "../text/readText.js";

export interface Cut {
  /** Without the line. */
  readonly whole: Manifest;
  readonly problem: Problem;
}

export function cutIn(manifest: Manifest): Cut | undefined {
  const { parsed, kind, system } = manifest;
  if (!kind.readsFirstDocumentOnly || parsed.syntax !== "yaml" || parsed.source.length > LONGEST_MENDED)
    return undefined;
  // At each key of most texts this is all.
  if (parsed.source.count("\n---") + parsed.source.count("\n...") === 0) return undefined;
  const { text } = parsed;
  const found = /(?<=\S[^\n]*\n)(---|\.\.\.)[ \t]*(\r?\n)(?=(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?: +[^\s#]|- ))/.exec(text);
  if (!found || firstDocumentProblems(parsed.tree).length > 0) return undefined;
  const [line, marker = ""] = found;
  const end = found.index + marker.length;
  const written = text.slice(0, found.index) + " ".repeat(marker.length) + text.slice(end);
  const tree = readText(written, parsed.syntax).tree;
  if (firstDocumentProblems(tree).length > 0) return undefined;
  return {
    whole: manifestFrom(manifest, rewritten(parsed, written, tree)),
    problem: {
      code: `${system.id}/syntax`,
      severity: "error",
      message: "this line ends the document, though what stands below is a part of what stands above; remove it",
      span: [found.index, end],
      fixes: [{ title: "Remove this line", edits: [{ span: [found.index, found.index + line.length], newText: "" }] }],
    },
  };
}

/** Whether the host fails by what the line takes away. */
export function isByCut(cut: readonly Problem[], whole: readonly Problem[]): boolean {
  const isError = ({ severity }: Problem) => severity === "error";
  const others = new Set(whole.filter(isError).map(({ code, span }) => `${code} ${span[0]}`));
  return cut.some((one) => isError(one) && !others.has(`${one.code} ${one.span[0]}`));
}
