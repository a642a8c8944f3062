// Whether a host's address answers at all, how fast, and whether its clock and ours agree: tokens and certificates depend on that.
import type { Check, HostConfig, HostIo } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { hostFetch } from "../transports/hostFetch.js";
import { httpTo } from "../transports/http.js";

/** Seconds. */
const tolerable = 60;

export async function addressChecks(
  config: HostConfig,
  io: HostIo,
  now: () => Date,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const url = new URL(config.url ?? "");
  const http = httpTo({ ...hostFetch(config, io, "doctor"), origin: url.origin, host: `"${config.name}"` });
  const began = Date.now();
  const name = "address";
  try {
    const timeout = io.timeouts?.answer ?? 15_000;
    const { status, headers } = await http({ step: "doctor", method: "GET", url: url.href, timeout, signal });
    const ended = now();
    const took = Date.now() - began;
    const answers = `${url.href} answers with status ${status} in ${took} ms`;
    const address: Check =
      status >= 500
        ? { name, state: "bad", detail: answers, next: "look at the host's log, and at a proxy in front of it" }
        : { name, state: took > 3000 ? "attention" : "good", detail: answers };
    return [address, clock(headers.get("date"), ended, took)];
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    // Somebody answers there: where to is for the sign-in to judge.
    const state = error.status !== undefined && error.status < 400 ? "attention" : "bad";
    return [{ name, state, detail: error.message, next: error.next }];
  }
}

function clock(date: string | null, now: Date, took: number): Check {
  const name = "clock";
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return { name, state: "unknown", detail: "the host tells no time" };
  // The header has whole seconds and was written somewhere between question and answer.
  const off = Math.max(0, Math.abs(now.getTime() - theirs) - 1000 - took) / 1000;
  if (off <= tolerable)
    return { name, state: "good", detail: `the host's and ours agree within ${Math.ceil(off) + 1} s` };
  const which = theirs > now.getTime() ? "ahead of ours" : "behind ours";
  const detail = `the host's clock is ${Math.round(off)} s ${which}`;
  return {
    name,
    state: "attention",
    detail,
    next: "set the clock that is wrong: tokens and certificates are judged by it",
  };
}
