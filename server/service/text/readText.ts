// The one place where it is decided how a text is read: in parts where that gives exactly the tree of the whole, else whole.

import type { Change } from "./difference.js";
import { readJsonParts } from "./json/parts.js";
import { readJson } from "./json/tree.js";
import { mayConflict, readWithoutConflicts } from "./mistakes/conflicts.js";
import type { Tree } from "./node.js";
import type { Reading } from "./parts.js";
import type { Stretches } from "./splice.js";
import { readYamlParts } from "./yaml/parts.js";
import { readPlain } from "./yaml/plain.js";
import { hasLoneReturn } from "./yaml/returns.js";
import { readYaml } from "./yaml/tree.js";

/** How a text that is edited is read: in parts where it has any. */
export function readText(text: string, syntax: "yaml" | "json"): Reading {
  return readParts(text, syntax) ?? { tree: plainTree(text, syntax) ?? wholeTree(text, syntax) };
}

/** The tree of a text that nobody edits, and that needs no parts: the same, sooner where all of it is plain. */
export function readOnce(text: string, syntax: "yaml" | "json"): Tree {
  return plainTree(text, syntax) ?? readParts(text, syntax)?.tree ?? wholeTree(text, syntax);
}

function readParts(text: string, syntax: "yaml" | "json"): Reading | undefined {
  const read = syntax === "yaml" ? readYamlParts : readJsonParts;
  return mayConflict(text) || hasOddEnds(text, syntax) ? undefined : attempt(() => read(text));
}

const hasOddEnds = (text: string, syntax: "yaml" | "json"): boolean => syntax === "yaml" && hasLoneReturn(text);

const plainTree = (text: string, syntax: "yaml" | "json"): Tree | undefined =>
  syntax === "yaml" && !hasLoneReturn(text) ? readPlain(text) : undefined;

const wholeTree = (text: string, syntax: "yaml" | "json"): Tree =>
  readWithoutConflicts(text, syntax === "json" ? readJson : readYaml);

/** The reading of a new text after that of a former one, which ends. */
export function readOn(former: Reading, after: Stretches, change: Change, syntax: "yaml" | "json"): Reading {
  const inserted = after.slice(Math.max(0, change.start - 1), Math.min(after.length, change.newEnd + 2));
  return (
    (hasOddEnds(inserted, syntax) ? undefined : attempt(() => former.after?.(after, change))) ??
    readText(after.getText(), syntax)
  );
}

/** Text that is nested too deep for the stack is told by the reading of the whole. */
function attempt<Answer>(read: () => Answer): Answer | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
