// Which names may travel to a Buntime host. No host checks them: some names delete the whole plugins directory, others make a
// plugin that can't be removed. These never leave the machine.
import { buntime } from "../../../../server/service/index.js";

/** The reason why the name must not be uploaded, or undefined when it may. */
export function nameProblem(name: string | undefined): string | undefined {
  if (name === undefined) return "the manifest has no name; the host ignores a folder without one";
  const verdict = buntime.judgeName(name);
  return verdict.kind === "sound" ? undefined : `the name "${name}" ${verdict.because}`;
}

/** The reason why this key of the installed list must not be sent in a removal, or undefined when it may. */
export function removalProblem(key: string): string | undefined {
  const harm = buntime.removalHarm(key);
  return harm === undefined ? undefined : `"${key}" ${harm}`;
}
