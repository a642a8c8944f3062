// An adapter's way to the world, in which the nth thing that it does outside goes wrong: a request or a program, whichever it is.
import { Readable } from "node:stream";
import { askScript } from "../../../client/ops/hosts/buntime/pods/program.js";
import type { HostIo, ToolLog } from "../../../client/ops/index.js";
import { createRun, type ProcessRequest, type Run } from "../../../client/ops/transports/process.js";
import { isChanging } from "./changing.js";
import { planted, type Stage, type Step } from "./subject.js";

/** The work is cancelled before, during or after it; it is late, before or after it was done; its answer is lost although it was done, or is cut in half. */
const ofBoth = [
  "cancel before",
  "cancel during",
  "cancel after",
  "late",
  "late after",
  "answer lost",
  "half answer",
] as const;
/** A broken connection, an untrusted certificate, a redirect elsewhere, and refusals with each status. */
const ofRequests = ["reset", "certificate", "redirect", 401, 403, 404, 409, 413, 429, 500, 503] as const;
/** Failure; a signal, before or after it was done; a flood. */
const ofPrograms = ["fails", "killed", "killed after", "floods"] as const;

export const faults = [...ofBoth, ...ofRequests, ...ofPrograms];
export type Fault = (typeof faults)[number];

/** Whether this can go wrong with it. */
export function meets(fault: Fault, step: Step): boolean {
  const others: readonly Fault[] = step === "request" ? ofPrograms : ofRequests;
  return !others.includes(fault);
}

export interface Done {
  readonly step: Step;
  /** It may have changed something. */
  readonly changes: boolean;
}

export interface Faulty {
  readonly io: HostIo;
  readonly signal: AbortSignal;
  /** What the adapter has done outside, in order. */
  readonly steps: readonly Done[];
  /** Every line that was logged, once: a flood says the same over and over. */
  readonly said: ReadonlySet<string>;
  /** Origins of all requests. */
  readonly origins: ReadonlySet<string>;
}

/** How long something late is waited for, in milliseconds. */
const patience = 200;

/** With 0 for `nth` nothing goes wrong. */
export function faultyIo(stage: Surroundings, nth: number, fault: Fault): Faulty {
  const cancel = new AbortController();
  const said = new Set<string>();
  const origins = new Set<string>();
  const log = { info: (line: string) => said.add(line), debug: (line: string) => said.add(line) };
  const steps: Done[] = [];
  const isTurn = (step: Step, changes: boolean) => steps.push({ step, changes }) === nth;
  const really = runIn(stage, log);
  const swift = stage.swift?.(really) ?? really;
  const run: Run = async (asked) => {
    const request = await readable(asked);
    return isTurn("program", isChanging(request)) ? runFaulty(really, request, fault, cancel, log) : swift(request);
  };
  const faultyFetch: typeof fetch = (input, init) => {
    origins.add(new URL(input instanceof Request ? input.url : input).origin);
    const changes = (init?.method ?? "GET") !== "GET";
    return isTurn("request", changes) ? fetchFaulty(input, init, fault, cancel) : fetch(input, init);
  };
  const timeouts =
    fault === "late" || fault === "late after"
      ? { timeouts: { answer: patience, upload: patience, reload: patience } }
      : {};
  const made = { run, fetch: faultyFetch, log, token: async () => planted, ...timeouts };
  return { io: made, signal: cancel.signal, steps, said, origins };
}

type Surroundings = Pick<Stage, "env" | "executables" | "swift">;

/** The real programs, with the surroundings of a stage. */
export function runIn({ env, executables }: Surroundings, log?: ToolLog): Run {
  const run = createRun({ ...(log && { log }), ...(executables && { executables }) });
  return (request) => run({ ...request, env: { ...env, ...request.env } });
}

/** A question to a pod's API as a text, from which it can be told whether it changes anything. */
async function readable(request: ProcessRequest): Promise<ProcessRequest> {
  const { args, input } = request;
  if (!args.includes(askScript) || !(input instanceof Readable)) return request;
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return { ...request, input: Buffer.concat(chunks) };
}

async function runFaulty(really: Run, request: ProcessRequest, fault: Fault, cancel: AbortController, log: ToolLog) {
  // A program of our own in its place, run as it would have been: what it says takes the same way.
  const inPlace = (program: string, more: Partial<ProcessRequest> = {}) =>
    createRun({ log })({ ...request, ...more, command: "/bin/sh", args: ["-c", program] });
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
    case "late after":
      await really(request);
      return inPlace("exec sleep 1000", { timeout: patience });
    case "late":
      return inPlace("exec sleep 1000", { timeout: patience });
    case "answer lost":
      await really(request);
      return inPlace("echo 'error: unexpected EOF' >&2; exit 1");
    case "half answer": {
      const result = await really(request);
      return { ...result, out: result.out.slice(0, result.out.length / 2) };
    }
    case "killed after":
      await really(request);
      return inPlace("kill -9 $$");
    case "killed":
      return inPlace("kill -9 $$");
    case "floods":
      return inPlace("exec yes xxxxxxxxxxxxxxxx", { maxBytes: 256 * 1024 });
    default:
      return inPlace(`echo 'Authorization: Bearer ${planted}' >&2; exit 1`);
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
    case "late after":
      await fetch(input, init);
      return silence(init);
    case "late":
      return silence(init);
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

function silence(init: RequestInit | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  });
}

function broken(code: string): Error {
  return new TypeError(`fetch failed for Bearer ${planted}`, { cause: Object.assign(new Error(code), { code }) });
}
