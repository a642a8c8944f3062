// The key of an entry that the service doesn't read, with the one that was meant by it.

import { keyText, type Node, spanOf } from "../../../text/node.js";
import { changeTo, rewrite } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { asMap, asString } from "../../read.js";
import type { Manifest, Misfit } from "../../system.js";
import { meantBy } from "../misnamed.js";
import { unwrap, wrappedEntries } from "../wrapped.js";

export function refineIgnored(manifest: Manifest, { place, name = "", problem }: Misfit): Problem | undefined {
  const wrapped = wrappedEntries(manifest.root);
  if (wrapped) {
    const first = wrapped.map.pairs.find((pair) => keyText(pair) !== "auth");
    if (name !== (first ? keyText(first) : wrapped.name)) return undefined;
    const message = `the service takes "${wrapped.name}" for a plugin's identifier and loads none of the entries in it; take them out`;
    return {
      ...problem,
      severity: "error",
      span: spanOf(wrapped.key),
      message,
      fixes: unwrap(manifest, wrapped),
    };
  }
  const pairs = asMap(place.node)?.pairs ?? [];
  const pair = pairs.find((one) => keyText(one) === name);
  const key = pair?.key;
  const meant = meantBy(name);
  if (!key || meant === undefined || pairs.some((one) => keyText(one) === meant)) return problem;
  const message = `unknown field "${name}"; did you mean "${meant}"?`;
  return {
    ...problem,
    span: spanOf(key),
    message,
    fixes: followed(name, pair?.value) ?? changeTo(manifest, key, meant),
  };

  /** A branch is followed by its name at the remote alone. */
  function followed(written: string, value: Node | undefined): Fix[] | undefined {
    const branch = written.toLowerCase() === "branch" ? asString(value, manifest) : undefined;
    if (!key || !value || !branch || /^(origin|refs)\//.test(branch)) return undefined;
    const edits = [rewrite(manifest, key, "ref"), rewrite(manifest, value, `origin/${branch}`)].filter(
      (one) => one !== undefined,
    );
    return edits.length < 2 ? [] : [{ title: `Change to "ref": "origin/${branch}"`, edits }];
  }
}
