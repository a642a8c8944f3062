// The key of an entry that the service doesn't read, with the one that was meant by it.

import { keyText, spanOf } from "../../../text/node.js";
import type { Problem } from "../../problem.js";
import { asMap } from "../../read.js";
import type { Manifest, Misfit } from "../../system.js";
import { changeTo } from "../edits.js";
import { meantBy } from "../misnamed.js";

export function refineIgnored(_manifest: Manifest, { place, name = "", problem }: Misfit): Problem {
  const pairs = asMap(place.node)?.pairs ?? [];
  const key = pairs.find((pair) => keyText(pair) === name)?.key;
  const meant = meantBy(name);
  if (!key || meant === undefined || problem.fixes?.length || pairs.some((pair) => keyText(pair) === meant))
    return problem;
  const message = `unknown field "${name}"; did you mean "${meant}"?`;
  return { ...problem, span: spanOf(key), message, fixes: [changeTo(key, meant)] };
}
