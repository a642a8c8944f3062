// The restart of a server on this machine: stop, start, wait until it lives, compare what it shows. A server that doesn't come up after
// a change gets everything back that it had, and is started again.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fromHome } from "../../../transports/home.js";
import { mustRun } from "../../../transports/process.js";
import type { Reloaded } from "../../host.js";
import { HostError, type HostErrorDetails } from "../../hostError.js";
import { ownWords } from "../../hostFields.js";
import type { ShownPlugin } from "../api.js";
import { entriesIn } from "../files/entries.js";
import { groupsOf } from "../groups.js";
import { presentOn } from "./present.js";
import { putBack, returnPoint, settle } from "./returnPoint.js";
import type { LocalServer } from "./server.js";

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
    await start(server, signal);
    await alive(server, signal);
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

/** What `start` runs, for plans. */
export function restartWords({ config }: LocalServer): string {
  const own = ownWords(config, "restart");
  return own === undefined ? "sky api stop; sky api start" : own.join(" ");
}

async function start(server: LocalServer, signal: AbortSignal): Promise<void> {
  const { config, run, environment } = server;
  const own = ownWords(config, "restart");
  const request = { step, signal, env: environment, timeout: 300_000 };
  if (own !== undefined) {
    const [command = "", ...args] = own;
    await mustRun(run, { ...request, command, args }, "look why the restart fails");
    return;
  }
  const { code, err } = await run({ ...request, command: "sky", args: ["api", "stop"] });
  if (code !== 0) await mustBeDown(server, err, signal);
  await mustRun(run, { ...request, command: "sky", args: ["api", "start"] }, "look in the server's log");
}

/** Stopping a server that doesn't run is no failure. One that goes on would be taken for the new one. */
async function mustBeDown(server: LocalServer, said: string, signal: AbortSignal): Promise<void> {
  const api = await server.api(step);
  const isUp = await api.health(step, signal).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
      return error.kind === "unauthorised";
    },
  );
  if (!isUp) return;
  const message = `sky api stop failed, and the server of "${server.config.name}" goes on`;
  throw new GoesOn({ kind: "tool", step, message, next: "stop it in the way it was started, then reload", said });
}

/** The server runs as if nothing had been done to it. */
class GoesOn extends HostError {}

async function notRestarted(server: LocalServer, error: HostError): Promise<HostError> {
  const { kind, message, next, said } = error;
  const details = { kind, step, message, next, cause: error, ...(said === undefined ? {} : { said }) };
  const runs = "it is not restarted and runs what it ran before";
  const point = await returnPoint(server);
  if (point === undefined) return new HostError({ ...details, hostNow: runs });
  const { words, complete } = await putBack(server, point, step);
  return new HostError({ ...details, hostNow: [...words, runs].join(", "), isAsBefore: complete });
}

/** Waits until the server says that it is healthy. */
async function alive(server: LocalServer, signal: AbortSignal): Promise<void> {
  const api = await server.api(step);
  const patience = server.io.timeouts?.reload ?? 120_000;
  const end = Date.now() + patience;
  for (;;) {
    try {
      await api.health(step, signal);
      return;
    } catch (error) {
      if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
      if (error.kind === "unauthorised") return;
      if (Date.now() >= end) throw notUp(server, patience, error);
    }
    await wait(Math.min(500, patience / 10), undefined, { signal }).catch(() => undefined);
  }
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
    await start(server, signal);
    await alive(server, signal);
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

/** The server's log: in its own folder, else in the usual one. */
export async function logOf({ directory }: LocalServer): Promise<string> {
  const own = path.join(directory, "api_server", "server.log");
  return (await stat(own).catch(() => undefined)) === undefined ? fromHome("~/.sky/api_server/server.log") : own;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

/** A first start makes the log that `logOf` looks for. */
async function saidSince(server: LocalServer, log: string, mark: number): Promise<string | undefined> {
  const now = await logOf(server);
  return saidIn(now, now === log ? mark : 0);
}

/** The error that ended the start: the last line of what the log has got since that names an exception. */
async function saidIn(log: string, mark: number): Promise<string | undefined> {
  const bytes = await readFile(log).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const text = bytes.subarray(bytes.byteLength >= mark ? mark : 0).toString("utf8");
  const lines = text.split(/\r?\n/).filter((line) => /^\s*(?:[\w.]+\.)?\w*(?:Error|Exception)\b.*:/.test(line));
  return lines.at(-1)?.trim().slice(0, 400);
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

function notUp({ config }: LocalServer, patience: number, cause: HostError): HostError {
  const message = `"${config.name}" is not healthy ${Math.round(patience / 1000)} s after its start: ${cause.message}`;
  return new HostError({ kind: "unreachable", step, message, next: "look in the server's log", cause });
}
