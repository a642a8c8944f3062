// Items that begin with what looks like a dash and is none: the bullet of a word processor, a long dash, two dashes, a dash with
// a non-breaking space. YAML takes it for the first letter of a key, so the list seems to be empty.

import { keyText, type Pair } from "../../../text/node.js";
import type { Problem } from "../../problem.js";
import { asMap } from "../../read.js";
import type { Manifest } from "../../system.js";

const BULLET =
  /^(?:--+|[\u2022\u2023\u00b7\u2010-\u2015\u2212+~])[\s\u00a0]*(?=class$)|^-[\u00a0\u3000\u2007\u202f]+(?=class$)/;

/** The fields at the top of a file that are the first ones of such items. */
export const bulleted = ({ root }: Manifest): readonly Pair[] =>
  (asMap(root)?.pairs ?? []).filter((pair) => BULLET.test(keyText(pair) ?? ""));

/** The unknown field that such an item is taken for. */
export function meantAsItem(manifest: Manifest, name: string, problem: Problem): Problem | undefined {
  const pair = bulleted(manifest).find((one) => keyText(one) === name);
  const start = pair?.key?.start;
  const mark = BULLET.exec(name)?.[0];
  if (start === undefined || mark === undefined) return undefined;
  const span = [start, start + mark.length] as const;
  const isSpaced = mark.startsWith("-") && !mark.startsWith("--");
  const what = isSpaced ? 'behind this "-" stands a non-breaking space' : `"${mark.trim()}" is not the dash of an item`;
  return {
    ...problem,
    message: `${what}, so the server takes the line for a field; write "- " and an ordinary space`,
    fixes: [{ title: 'Write "- "', edits: [{ span, newText: "- " }] }],
  };
}
