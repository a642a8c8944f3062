// Names of fields in the quotes of the key beside them.

import type { Pair } from "../../../text/node.js";

/** The name as it is written beside this key. */
export const likeKey = ({ key }: Pair, name: string): string =>
  key?.kind === "scalar" && key.style === "double" ? `"${name}"` : name;
