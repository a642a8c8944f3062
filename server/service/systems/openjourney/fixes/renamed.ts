// A key written anew, in its own quotes.

import type { Pair } from "../../../text/node.js";
import { namedText } from "../../named.js";
import type { TextChange } from "../../problem.js";
import type { Manifest } from "../../system.js";

/** Undefined for keys of which nobody can tell how they are written. */
export function renamed(manifest: Manifest, { key }: Pair, name: string): TextChange | undefined {
  const { span, rename } = key ? namedText(manifest, key) : {};
  return span && rename ? { span, newText: rename(name) } : undefined;
}

/** Names of fields as they are written beside this key. */
export const likeKey = ({ key }: Pair, name: string): string =>
  key?.kind === "scalar" && key.style === "double" ? `"${name}"` : name;
