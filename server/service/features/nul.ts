// A NUL that got into a text, told where it stands and not as a file that is no text.

import type { Problem } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";

/** For a text with one at least. */
export function nulIn({ parsed: { text }, system }: Manifest): Problem {
  const at = text.indexOf("\0");
  const edits = [...text.matchAll(/\0+/g)].map(({ index, 0: nuls }) => ({
    span: [index, index + nuls.length] as const,
    newText: "",
  }));
  return {
    code: `${system.id}/syntax`,
    severity: "error",
    message: "a NUL stands here, which belongs in no text; remove it",
    span: [at, at + 1],
    fixes: [{ title: edits.length === 1 ? "Remove the NUL" : "Remove each NUL", edits }],
  };
}
