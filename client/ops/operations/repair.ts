// A plugin that takes its host down with it is taken out again: one that hangs or breaks the reload, and one whose entry does not parse,
// which would hang the next reload (Buntime v0.5.4 on Bun 1.3.12). The other plugins come back, and the verdict says why.
import type { Finding, Verdict } from "../hosts/host.js";
import { HostError, withHostNow } from "../hosts/hostError.js";
import type { Shipment } from "../pack/shipment.js";
import type { DeliverOptions } from "./deliver.js";

/** A reload that never answers or fails inside: the new plugin is the likely cause, and every plugin is unloaded until it goes. */
export function brokenByPlugin(error: HostError): boolean {
  return error.timedOut || error.status === 500;
}

export async function repaired(options: DeliverOptions, name: string, error: HostError): Promise<Verdict> {
  const { host, signal, onStep } = options;
  const hung = error.timedOut;
  const reason = hung
    ? `the host's reload did not answer after "${name}" was sent: its entry probably does not parse, or its start never ends`
    : `the host's reload failed after "${name}" was sent: its manifest probably has dependencies that are not a list`;
  if (host.remove === undefined)
    throw withHostNow(error, "its plugins may all be unloaded: remove the plugin and reload");
  onStep?.("repair", `taking "${name}" out again`);
  try {
    await host.remove(name, signal);
  } catch (cause) {
    const now = `its plugins may all be unloaded, and taking "${name}" out again failed: remove it on the host and reload`;
    throw withHostNow(error, cause instanceof HostError ? `${now} (${cause.message})` : now);
  }
  const next = "correct it and deploy again, or roll back to the bundle before it";
  return {
    state: "notLoaded",
    code: hung ? "buntime/reload-hung" : "buntime/reload-failed",
    reason: `${reason}; it was removed again and the other plugins are back`,
    next,
  };
}

/** A forced deployment that failed for what was found beforehand gets that as its reason. */
export async function withKnownCause(
  options: DeliverOptions,
  shipment: Shipment,
  findings: readonly Finding[],
  verdict: Verdict,
): Promise<Verdict> {
  const cause = findings.find((finding) => finding.code === "buntime/entry-syntax");
  if (verdict.state === "verified" || cause === undefined || verdict.code !== "buntime/start-failed") return verdict;
  const name = shipment.name;
  options.onStep?.("repair", `taking "${name}" out again`);
  const removed = await options.host.remove?.(name, options.signal).catch((error: unknown) => {
    if (error instanceof HostError) return undefined;
    throw error;
  });
  const then = removed === undefined ? "remove it before anyone reloads this host" : "it was removed again";
  return {
    state: "notLoaded",
    code: cause.code,
    reason: `${cause.message}; ${then}`,
    next: "correct the entry and deploy again",
  };
}
