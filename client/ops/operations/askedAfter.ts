// What a host has after an act whose end was not seen: its answer was lost, or the work was cancelled in the middle. The adapter's own
// words go first; else the host is asked, shortly and on a signal of its own, and what it does not tell is said to be unknown.
import type { PluginHost } from "../hosts/host.js";
import type { HostError } from "../hosts/hostError.js";
import { unlessUnanswered } from "../hosts/unlessUnanswered.js";
import type { Shipment } from "../pack/shipment.js";

const patience = 10_000;

export async function afterUpload(host: PluginHost, shipment: Shipment, error: HostError): Promise<string | undefined> {
  if (!isOpen(error)) return error.hostNow;
  const { name, contents } = shipment;
  const runs = host.loadsAtOnce === true ? "" : "; it runs what it ran before until a reload";
  const unknown =
    error.hostNow ??
    `it is not known whether the host has the files of "${name}" now: list its plugins, or deploy again`;
  return answered(unknown, async (signal) => {
    if (host.fingerprint === undefined) return listedAfter(host, name, signal, runs);
    const there = await host.fingerprint(name, signal);
    if (there === undefined) return `asked right after, the host does not have "${name}"`;
    if (there.contents === undefined) return eitherFiles(name, runs);
    if (there.contents === contents) return `the host has the files of "${name}" that were sent${runs}`;
    return `asked right after, the host had other files of "${name}" than those that were sent: the former ones, unless it is still at work${runs}`;
  });
}

export async function afterRemoval(host: PluginHost, plugin: string, error: HostError): Promise<string | undefined> {
  if (!isOpen(error)) return error.hostNow;
  const unknown =
    error.hostNow ?? `it is not known whether the host still has "${plugin}": list its plugins, or remove it again`;
  return answered(unknown, async (signal) => {
    const plugins = await host.list?.(signal);
    if (plugins === undefined) return unknown;
    const isThere = plugins.some(({ name }) => name === plugin);
    return isThere
      ? `asked right after, the host still had "${plugin}"`
      : `asked right after, the host did not have "${plugin}" any more`;
  });
}

/** Nobody knows yet what the host has. */
function isOpen({ kind, answerLost, isAsBefore, hostNow }: HostError): boolean {
  const isStopped = kind === "cancelled" || kind === "unreachable";
  return !isAsBefore && (answerLost || (isStopped && hostNow === undefined));
}

async function answered(unknown: string, ask: (signal: AbortSignal) => Promise<string | undefined>): Promise<string> {
  return (await unlessUnanswered(ask, patience)) ?? unknown;
}

async function listedAfter(host: PluginHost, name: string, signal: AbortSignal, runs: string) {
  const plugins = await host.list?.(signal);
  if (plugins === undefined) return undefined;
  const found = plugins.some((plugin) => plugin.name === name);
  return found ? eitherFiles(name, runs) : `asked right after, the host does not have "${name}"`;
}

function eitherFiles(name: string, runs: string): string {
  return `the host has files of "${name}", the former or the new ones${runs}`;
}
