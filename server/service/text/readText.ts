// The one place where it is decided how a text is read: in parts where that gives exactly the tree of the whole, else whole.

import type { Change } from "./difference.js";
import { readJsonParts } from "./json/parts.js";
import { readJson } from "./json/tree.js";
import { mayConflict, readWithoutConflicts } from "./mistakes/conflicts.js";
import type { Reading } from "./parts.js";
import type { Stretches } from "./splice.js";
import { readYamlParts } from "./yaml/parts.js";
import { readPlain } from "./yaml/plain.js";
import { readYaml } from "./yaml/tree.js";

export function readText(text: string, syntax: "yaml" | "json"): Reading {
  const read = syntax === "yaml" ? readYamlParts : readJsonParts;
  const inParts = mayConflict(text) ? undefined : attempt(() => read(text));
  if (inParts) return inParts;
  const plain = syntax === "yaml" ? readPlain(text) : undefined;
  return { tree: plain ?? readWithoutConflicts(text, syntax === "json" ? readJson : readYaml) };
}

/** The reading of a new text after that of a former one, which ends. */
export function readOn(former: Reading, after: Stretches, change: Change, syntax: "yaml" | "json"): Reading {
  return attempt(() => former.after?.(after, change)) ?? readText(after.getText(), syntax);
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
