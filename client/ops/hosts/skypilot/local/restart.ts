// The restart of a server on this machine, and what it shows before and after. A server that doesn't come up after a change gets
// everything back that it had, and is started again.
import type { Reloaded } from "../../host.js";
import { HostError, type HostErrorDetails } from "../../hostError.js";
import type { ShownPlugin } from "../api.js";
import { entriesIn } from "../files/entries.js";
import { groupsOf } from "../groups.js";
import { presentOn } from "./present.js";
import { putBack, returnPoint, settle } from "./returnPoint.js";
import type { LocalServer } from "./server.js";
import { logOf, saidSince, sizeOf } from "./serverLog.js";
import { alive, GoesOn, start } from "./start.js";

export interface Restarted extends Reloaded {
  /** What the server showed before; undefined where it did not answer then. */
  readonly before: readonly ShownPlugin[] | undefined;
  readonly after: readonly ShownPlugin[];
}

export function isRestarted(reloaded: Reloaded | undefined): reloaded is Restarted {
  return reloaded !== undefined && "before" in reloaded && "after" in reloaded;
}

const step = "reload";

export async function restart(server: LocalServer, signal: AbortSignal): Promise<Restarted> {
  const began = Date.now();
  const api = await server.api(step);
  const before = await quietly(() => api.plugins(step, signal));
  const log = await logOf(server);
  const mark = await sizeOf(log);
  try {
    await start(server, step, signal);
    await alive(server, step, signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.kind === "cancelled") throw stopped(error);
    throw error instanceof GoesOn
      ? await notRestarted(server, error)
      : await recovered(server, error, await saidSince(server, log, mark));
  }
  await settle(server);
  const after = await quietly(() => api.plugins(step, signal));
  const scanned = await scannedOn(server, signal);
  return { scanned, milliseconds: Date.now() - began, before, after: after ?? [] };
}

async function notRestarted(server: LocalServer, error: HostError): Promise<HostError> {
  const { kind, message, next, said } = error;
  const details = { kind, step, message, next, cause: error, ...(said === undefined ? {} : { said }) };
  const runs = "it is not restarted and runs what it ran before";
  const point = await returnPoint(server);
  if (point === undefined) return new HostError({ ...details, hostNow: runs });
  const { words, complete } = await putBack(server, point, step);
  return new HostError({ ...details, hostNow: [...words, runs].join(", "), isAsBefore: complete });
}

async function recovered(server: LocalServer, error: HostError, said: string | undefined): Promise<HostError> {
  const point = await returnPoint(server);
  const reason = said === undefined ? error.message : `${said} (${error.message})`;
  const details: HostErrorDetails = {
    kind: "refused",
    step,
    message: `the server did not start: ${reason}`,
    next: "correct what it stopped at, then try again",
    cause: error,
    ...(error.said === undefined ? {} : { said: error.said }),
  };
  if (point === undefined) {
    return new HostError({
      ...details,
      hostNow: "it is down; nothing had been changed from here that could be put back",
    });
  }
  const { words, complete } = await putBack(server, point, step);
  const back = words.join(", ");
  try {
    const signal = AbortSignal.timeout(600_000);
    await start(server, step, signal);
    await alive(server, step, signal);
  } catch (again) {
    if (!(again instanceof HostError)) throw again;
    return new HostError({
      ...details,
      hostNow:
        again instanceof GoesOn
          ? `${back}; it may still run what was sent (${again.message})`
          : `${back}, and still it does not start (${again.message}): it is down`,
    });
  }
  return new HostError({ ...details, hostNow: `${back}, and the server runs again`, isAsBefore: complete });
}

/** The versions of what plugins.yaml lists now, by distribution. */
async function scannedOn(server: LocalServer, signal: AbortSignal): Promise<Reloaded["scanned"]> {
  const entries = entriesIn((await presentOn(server, step)).plugins, step);
  const answer = await server.ask(step, { entries, imports: false }, signal);
  return groupsOf(answer).map(({ name, version }) => ({ name, ...(version === undefined ? {} : { version }) }));
}

async function quietly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostError && error.kind !== "cancelled") return undefined;
    throw error;
  }
}

function stopped(error: HostError): HostError {
  const hostNow = "the server may be down: what was changed stays, and the next reload can still go back";
  return new HostError({
    kind: "cancelled",
    step,
    message: error.message,
    next: "reload when you are ready",
    hostNow,
    cause: error,
  });
}
