// Which object of a build a name inside another object means, as kustomize finds it: by kind and any name it has had, in the same
// namespace, and of several the one that got the same prefixes and suffixes.

import { type Built, everNamed } from "./built.js";
import { isClusterScoped, isOfKubernetes, namespaceOf } from "./identity.js";
import type { NameReference } from "./nameReferences.js";
import type { Build } from "./outcome.js";

export function referredTo(
  { final }: Pick<Build, "final">,
  referrer: Built,
  { kinds, text, namespace }: NameReference,
): readonly Built[] {
  const own = referrer.ids.at(-1);
  const found = everNamed(final, text).filter((one) => {
    const id = one.ids.at(-1);
    if (!id || !own || one.isLost || !kinds.includes(id.kind) || !isOfKubernetes(id)) return false;
    if (isClusterScoped(id)) return true;
    if (namespace !== undefined) return one.ids.some((each) => namespaceOf(each) === namespace);
    return isClusterScoped(own) || namespaceOf(id) === namespaceOf(own);
  });
  if (found.length < 2) return found;
  const alike = found.filter((one) => affixes(one) === affixes(referrer));
  return alike.length > 0 ? alike : found;
}

/** What stands around the first name by now. */
function affixes({ ids }: Built): string {
  const [first, last] = [ids[0]?.name ?? "", ids.at(-1)?.name ?? ""];
  const at = last.lastIndexOf(first);
  return at < 0 ? last : `${last.slice(0, at)}\u0000${last.slice(at + first.length)}`;
}
