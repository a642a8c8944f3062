// An adapter's way to the world, in which the nth thing that it does outside goes wrong: a request or a program, whichever it is.
import type { HostIo, ToolLog } from "../../../client/ops/index.js";
import { createRun, type ProcessRequest, type Run } from "../../../client/ops/transports/process.js";
import { planted, type Stage, type Step } from "./subject.js";

/** The work is cancelled before, during or after it; it is late; its answer is lost although it was done, or is cut in half. */
const ofBoth = ["cancel before", "cancel during", "cancel after", "late", "answer lost", "half answer"] as const;
/** A broken connection, an untrusted certificate, a redirect elsewhere, and refusals with each status. */
const ofRequests = ["reset", "certificate", "redirect", 401, 403, 404, 409, 413, 429, 500, 503] as const;
/** Failure, a signal, a flood. */
const ofPrograms = ["fails", "killed", "floods"] as const;

export const faults = [...ofBoth, ...ofRequests, ...ofPrograms];
export type Fault = (typeof faults)[number];

/** Whether this can go wrong with it. */
export function meets(fault: Fault, step: Step): boolean {
  const others: readonly Fault[] = step === "request" ? ofPrograms : ofRequests;
  return !others.includes(fault);
}

export interface Faulty {
  readonly io: HostIo;
  readonly signal: AbortSignal;
  /** What the adapter has done outside, in order. */
  readonly steps: readonly Step[];
  /** Everything that was logged. */
  readonly said: readonly string[];
  /** Origins of all requests. */
  readonly origins: ReadonlySet<string>;
}

/** How long something late is waited for, in milliseconds. */
const patience = 400;

/** With 0 for `nth` nothing goes wrong. */
export function faultyIo(stage: Surroundings, nth: number, fault: Fault): Faulty {
  const cancel = new AbortController();
  const said: string[] = [];
  const origins = new Set<string>();
  const log = { info: (line: string) => said.push(line), debug: (line: string) => said.push(line) };
  const steps: Step[] = [];
  const isTurn = (step: Step) => steps.push(step) === nth;
  const really = runIn(stage, log);
  const run: Run = (request) => (isTurn("program") ? runFaulty(really, request, fault, cancel, log) : really(request));
  const faultyFetch: typeof fetch = (input, init) => {
    origins.add(new URL(input instanceof Request ? input.url : input).origin);
    return isTurn("request") ? fetchFaulty(input, init, fault, cancel) : fetch(input, init);
  };
  const timeouts = fault === "late" ? { timeouts: { answer: patience, upload: patience, reload: patience } } : {};
  const made = { run, fetch: faultyFetch, log, token: async () => planted, ...timeouts };
  return { io: made, signal: cancel.signal, steps, said, origins };
}

type Surroundings = Pick<Stage, "env" | "executables">;

/** The real programs, with the surroundings of a stage. */
export function runIn({ env, executables }: Surroundings, log?: ToolLog): Run {
  const run = createRun({ ...(log && { log }), ...(executables && { executables }) });
  return (request) => run({ ...request, env: { ...env, ...request.env } });
}

async function runFaulty(really: Run, request: ProcessRequest, fault: Fault, cancel: AbortController, log: ToolLog) {
  // A program of our own in its place, run as it would have been: what it says takes the same way.
  const inPlace = (program: string, more: Partial<ProcessRequest> = {}) =>
    createRun({ log })({ ...request, ...more, command: process.execPath, args: ["-e", program] });
  switch (fault) {
    case "cancel before":
      cancel.abort();
      return really(request);
    case "cancel during":
      setTimeout(() => cancel.abort(), 30);
      return really(request);
    case "cancel after": {
      const result = await really(request);
      cancel.abort();
      return result;
    }
    case "late":
      return inPlace("setInterval(() => {}, 1000)", { timeout: patience });
    case "answer lost":
      await really(request);
      return inPlace("console.error('error: unexpected EOF'); process.exit(1)");
    case "half answer": {
      const result = await really(request);
      return { ...result, out: result.out.slice(0, result.out.length / 2) };
    }
    case "killed":
      return inPlace("process.kill(process.pid, 'SIGKILL')");
    case "floods":
      return inPlace("for (;;) require('fs').writeSync(1, 'x'.repeat(65536))", { maxBytes: 256 * 1024 });
    default:
      return inPlace(`console.error('Authorization: Bearer ${planted}'); process.exit(1)`);
  }
}

async function fetchFaulty(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  fault: Fault,
  cancel: AbortController,
): Promise<Response> {
  if (typeof fault === "number") {
    const headers = { "Content-Type": "application/json", "Retry-After": "7", "X-Echo": planted };
    return new Response(JSON.stringify({ error: `refused ${planted}`, message: planted }), { status: fault, headers });
  }
  switch (fault) {
    case "cancel before":
      cancel.abort();
      return fetch(input, init);
    case "cancel during":
      setTimeout(() => cancel.abort(), 1);
      return fetch(input, init);
    case "cancel after": {
      const answer = await fetch(input, init);
      cancel.abort();
      return answer;
    }
    case "late":
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    case "answer lost":
      await fetch(input, init);
      throw broken("ECONNRESET");
    case "half answer": {
      const text = await (await fetch(input, init)).text();
      return new Response(text.slice(0, text.length / 2), {
        status: 200,
        headers: { "Content-Type": "application/json" },
      });
    }
    case "redirect":
      return new Response(null, { status: 302, headers: { Location: "http://elsewhere.example.org/" } });
    case "certificate":
      throw broken("CERT_HAS_EXPIRED");
    default:
      throw broken("ECONNREFUSED");
  }
}

function broken(code: string): Error {
  return new TypeError(`fetch failed for Bearer ${planted}`, { cause: Object.assign(new Error(code), { code }) });
}
