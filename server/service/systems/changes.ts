// Values written anew by a fix, in the quotes that stand there.

import type { Node } from "../text/node.js";
import { namedText } from "./named.js";
import type { Fix, TextChange } from "./problem.js";
import type { Manifest } from "./system.js";

/**
 * The edit that writes another text in place of a scalar, be it a value or a key. Undefined where that can't be done with
 * certainty, as `namedText` says.
 */
export function rewrite(manifest: Manifest, node: Node | undefined, text: string): TextChange | undefined {
  const { span, rename } = node ? namedText(manifest, node) : {};
  return span && rename ? { span, newText: rename(text) } : undefined;
}

/** "Change to "text"" as a fix; none where `rewrite` has no edit. */
export function changeTo(manifest: Manifest, node: Node | undefined, text: string): Fix[] {
  const edit = rewrite(manifest, node, text);
  return edit ? [{ title: `Change to "${text}"`, edits: [edit] }] : [];
}

/** One fix for each, the likeliest first. */
export const changeToAny = (manifest: Manifest, node: Node | undefined, texts: readonly string[]): Fix[] =>
  texts.flatMap((text) => changeTo(manifest, node, text));

/** The same fixes, for what they mend with certainty. */
export const certain = (fixes: readonly Fix[]): Fix[] => fixes.map((fix) => ({ ...fix, safe: true }));

/** A number, a boolean, null or another literal in place of all that stands there. */
export const writeAs = (node: { readonly start: number; readonly end: number }, written: string): Fix => ({
  title: `Change to ${written}`,
  edits: [{ span: [node.start, node.end], newText: written }],
});
