// A plugin that harms its host's other plugins is taken out again, and the verdict says why. What does harm is the adapter's knowledge;
// where it knows of none, nothing is removed.
import type { Finding, Harm, Verdict } from "../hosts/host.js";
import { HostError, withHostNow } from "../hosts/hostError.js";
import type { DeliverOptions } from "./deliver.js";

/** After a reload that failed: undefined where that is not known to be the plugin's doing. */
export async function repaired(options: DeliverOptions, name: string, error: HostError): Promise<Verdict | undefined> {
  const harm = options.host.harmOf?.(name, { at: "reload", error });
  if (harm === undefined) return undefined;
  if (options.host.remove === undefined)
    throw withHostNow(error, "its plugins may all be unloaded: remove the plugin and reload");
  try {
    await takenOut(options, name);
  } catch (cause) {
    const now = `its plugins may all be unloaded, and taking "${name}" out again failed: remove it on the host and reload`;
    throw withHostNow(error, cause instanceof HostError ? `${now} (${cause.message})` : now);
  }
  return because(harm, "it was removed again and the other plugins are back");
}

/** A forced deployment that failed for what was found beforehand gets that as its reason. */
export async function withKnownCause(
  options: DeliverOptions,
  name: string,
  findings: readonly Finding[],
  verdict: Verdict,
): Promise<Verdict> {
  if (verdict.state === "verified") return verdict;
  const harm = options.host.harmOf?.(name, { at: "verification", code: verdict.code, findings });
  if (harm === undefined) return verdict;
  const removed = await takenOut(options, name).catch((error: unknown) => {
    if (error instanceof HostError) return undefined;
    throw error;
  });
  return because(harm, removed === undefined ? "remove it before anyone reloads this host" : "it was removed again");
}

async function takenOut({ host, signal, onStep }: DeliverOptions, name: string) {
  onStep?.("repair", `taking "${name}" out again`);
  return host.remove?.(name, signal);
}

function because({ code, reason, next }: Harm, then: string): Verdict {
  return { state: "notLoaded", code, reason: `${reason}; ${then}`, next };
}
