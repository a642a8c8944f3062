// Stops and starts a server of this machine, by sky's own words or by the row's, and waits until it lives.
import { setTimeout as wait } from "node:timers/promises";
import { mustRun } from "../../../transports/process.js";
import { HostError } from "../../hostError.js";
import { ownWords } from "../../hostFields.js";
import type { LocalServer } from "./server.js";

export async function start(server: LocalServer, step: string, signal: AbortSignal): Promise<void> {
  const { config, run, environment } = server;
  const own = ownWords(config, "restart");
  const request = { step, signal, env: environment, timeout: 300_000 };
  if (own !== undefined) {
    const [command = "", ...args] = own;
    await mustRun(run, { ...request, command, args }, "look why the restart fails");
    return;
  }
  const { code, err } = await run({ ...request, command: "sky", args: ["api", "stop"] });
  if (code !== 0) await mustBeDown(server, step, err, signal);
  await mustRun(run, { ...request, command: "sky", args: ["api", "start"] }, "look in the server's log");
}

/** Stopping a server that doesn't run is no failure. One that goes on would be taken for the new one. */
async function mustBeDown(server: LocalServer, step: string, said: string, signal: AbortSignal): Promise<void> {
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
export class GoesOn extends HostError {}

/** What `start` runs, for plans. */
export function restartWords({ config }: LocalServer): string {
  const own = ownWords(config, "restart");
  return own === undefined ? "sky api stop; sky api start" : own.join(" ");
}

/** Waits until the server says that it is healthy. */
export async function alive(server: LocalServer, step: string, signal: AbortSignal): Promise<void> {
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
      if (Date.now() >= end) throw notUp(server, step, patience, error);
    }
    await wait(Math.min(500, patience / 10), undefined, { signal }).catch(() => undefined);
  }
}

function notUp({ config }: LocalServer, step: string, patience: number, cause: HostError): HostError {
  const message = `"${config.name}" is not healthy ${Math.round(patience / 1000)} s after its start: ${cause.message}`;
  return new HostError({ kind: "unreachable", step, message, next: "look in the server's log", cause });
}
