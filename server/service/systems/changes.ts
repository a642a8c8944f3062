// Values written anew by a fix, in the quotes that stand there.

import type { Node } from "../text/node.js";
import { namedText } from "./named.js";
import type { Fix } from "./problem.js";
import type { Manifest } from "./system.js";

/** "Change to "text"" as a fix; none where another text can't be written with certainty. */
export function changeTo(manifest: Manifest, node: Node | undefined, text: string): Fix[] {
  const { span, rename } = node ? namedText(manifest, node) : {};
  return span && rename ? [{ title: `Change to "${text}"`, edits: [{ span, newText: rename(text) }] }] : [];
}

/** One fix for each, the likeliest first. */
export const changeToAny = (manifest: Manifest, node: Node | undefined, texts: readonly string[]): Fix[] =>
  texts.flatMap((text) => changeTo(manifest, node, text));

/** A number, a boolean or null in place of what stands there. */
export const writeAs = (node: { readonly start: number; readonly end: number }, written: string): Fix => ({
  title: `Change to ${written}`,
  edits: [{ span: [node.start, node.end], newText: written }],
});
