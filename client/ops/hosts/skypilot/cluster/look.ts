// The plugins of a release: what its ConfigMap lists, what the Python in a pod says of it, and what the server shows where it has an
// address. A pod without that Python leaves the classes unjudged.
import { HostError } from "../../hostError.js";
import { openApi, type ShownPlugin } from "../api.js";
import { entriesIn } from "../files/entries.js";
import { groupsOf } from "../groups.js";
import { inventory, type Shown } from "../inventory.js";
import type { Look } from "../look.js";
import type { Answer } from "../python/probe.js";
import { presentIn } from "./change.js";
import type { ClusterServer } from "./place.js";

export async function look(server: ClusterServer, { step, imports }: Look, signal: AbortSignal) {
  const present = await presentIn(server, step, signal);
  const entries = entriesIn(present.plugins, step);
  const remote = entriesIn(present.remote, step).map(({ className }) => className);
  const unjudged: Pick<Answer, "classes"> = { classes: entries.map(({ className }) => ({ className })) };
  const answer = entries.length === 0 ? undefined : await softly(() => server.ask(step, { entries, imports }, signal));
  const groups = groupsOf(answer ?? unjudged);
  const shown = await shownBy(server, step, signal);
  return { answer, groups, shown, plugins: inventory(groups, shown, remote) };
}

async function shownBy({ config, io }: ClusterServer, step: string, signal: AbortSignal): Promise<Shown> {
  if (config.url === undefined) return { plugins: undefined, reason: "the host's settings have no url" };
  const api = await openApi(config, io, step);
  const plugins = await softly<readonly ShownPlugin[]>(() => api.plugins(step, signal));
  return { plugins, ...(plugins === undefined ? { reason: `${config.url} does not answer` } : {}) };
}

/** Undefined where it can't be known at the moment; a wanted sign-in and a cancellation are told. */
async function softly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostError && ["tool", "unreachable", "refused", "missing"].includes(error.kind))
      return undefined;
    throw error;
  }
}
