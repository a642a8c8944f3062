// The key of an entry that the service doesn't read, with the one that was meant by it.

import { keyText, spanOf } from "../../../text/node.js";
import type { Problem } from "../../problem.js";
import { asMap } from "../../read.js";
import type { Manifest, Misfit } from "../../system.js";
import { changeTo } from "../edits.js";
import { meantBy } from "../misnamed.js";
import { unwrap, wrappedEntries } from "../wrapped.js";

export function refineIgnored(manifest: Manifest, { place, name = "", problem }: Misfit): Problem | undefined {
  const wrapped = wrappedEntries(manifest.root);
  if (wrapped) {
    if (name !== keyText(wrapped.map.pairs.find((pair) => keyText(pair) !== "auth") ?? wrapped.pair)) return undefined;
    const message = `the service takes "${wrapped.name}" for a plugin's identifier and loads none of the entries in it; take them out`;
    return {
      ...problem,
      severity: "error",
      span: spanOf(wrapped.pair.key),
      message,
      fixes: unwrap(manifest, wrapped),
    };
  }
  const pairs = asMap(place.node)?.pairs ?? [];
  const key = pairs.find((pair) => keyText(pair) === name)?.key;
  const meant = meantBy(name);
  if (!key || meant === undefined || pairs.some((pair) => keyText(pair) === meant)) return problem;
  const message = `unknown field "${name}"; did you mean "${meant}"?`;
  return { ...problem, span: spanOf(key), message, fixes: [changeTo(key, meant)] };
}
