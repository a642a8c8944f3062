// One program from its start to its end, with everything it started: bounded in time and output, ended as a whole tree. It
// knows nothing of what the program is for.
import { type ChildProcess, spawn } from "node:child_process";
import { Readable } from "node:stream";
import { HostError, type HostErrorDetails, withAnswerLost } from "../hosts/hostError.js";
import { maskAll } from "../hosts/secrets.js";
import { collector } from "./output.js";
import type { ProcessRequest, ProcessResult } from "./process.js";
import { endTree, endTreeAtOnce } from "./processTree.js";
import { cancelledProcess, lastWords } from "./toolErrors.js";

const twoMinutes = 120_000;
const tenMebibytes = 10 * 1024 * 1024;
/** How long a program's pipes may stay open after its end: a daemon that it left behind may hold them for ever. */
const afterwards = 500;

/** Programs that are still running when this process ends are ended with it. */
export function outlast(): (program: string, request: ProcessRequest) => Promise<ProcessResult> {
  const running = new Set<ChildProcess>();
  const endAll = () => {
    for (const child of running) endTreeAtOnce(child);
  };
  return async (program, request) => {
    if (running.size === 0) process.on("exit", endAll);
    const child = started(program, request);
    running.add(child);
    try {
      return await ended(child, request);
    } finally {
      running.delete(child);
      if (running.size === 0) process.off("exit", endAll);
    }
  };
}

function started(program: string, { args, cwd, env, input }: ProcessRequest): ChildProcess {
  // Keys of hosts, PLUGSMITH_TOKEN and those of single hosts, are nobody else's.
  const surroundings = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^PLUGSMITH_TOKEN(_|$)/.test(name)),
  );
  return spawn(program, [...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...surroundings, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    // A group of its own on POSIX, so that it can be ended with all that it started.
    detached: process.platform !== "win32",
    windowsHide: true,
    shell: false,
  });
}

function ended(child: ChildProcess, request: ProcessRequest): Promise<ProcessResult> {
  const { step, command, signal, timeout = twoMinutes, maxBytes = tenMebibytes, secrets = [] } = request;
  return new Promise((resolve, reject) => {
    let failure: HostError | undefined;
    const endFor = (why: HostError) => {
      if (failure !== undefined) return;
      failure = why;
      endTree(child);
    };
    const wrong = (details: Pick<HostErrorDetails, "message" | "next" | "timedOut" | "cause">) =>
      new HostError({ kind: "tool", step, said: lastWords(words()), answerLost: child.pid !== undefined, ...details });
    const words = () => maskAll(err.text(), secrets);

    const onLine = request.onLine;
    const onOverflow = () =>
      endFor(
        wrong({
          message: `${command} wrote more than ${Math.ceil(maxBytes / 1024 / 1024)} MiB and was ended`,
          next: "ask for less at once",
        }),
      );
    const out = collector({
      maxBytes: request.onData === undefined ? maxBytes : 0,
      overflow: request.onData === undefined ? (request.overflow ?? "end") : "keepLast",
      ...(onLine === undefined ? {} : { onLine: (line: string) => onLine(line, "out") }),
      onOverflow,
    });
    let given = 0;
    const err = collector({
      maxBytes: 64 * 1024,
      overflow: "keepLast",
      ...(onLine === undefined ? {} : { onLine: (line: string) => onLine(line, "err") }),
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      given += chunk.byteLength;
      if (failure === undefined && given <= maxBytes) request.onData?.(chunk);
      else if (request.onData !== undefined) onOverflow();
      out.take(chunk);
    });
    child.stderr?.on("data", (chunk: Buffer) => err.take(chunk));

    const cancel = () => endFor(withAnswerLost(cancelledProcess(step, command, signal.reason)));
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    const late = () =>
      endFor(
        wrong({
          timedOut: true,
          message: `${command} did not finish within ${Math.max(1, Math.round(timeout / 1000))} s and was ended`,
          next: "check that what it talks to is up and not busy, then try again",
        }),
      );
    const timer = Number.isFinite(timeout) ? setTimeout(late, timeout) : undefined;
    feed(child, request, (cause) =>
      endFor(wrong({ message: `what ${command} was to be sent could not be read`, next: "try again", cause })),
    );

    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      outcome();
    };
    child.once("error", (cause) => {
      if (child.pid !== undefined) return; // It runs; only a signal could not be sent.
      const next = "check that the working directory exists and that the program is made for this machine";
      settle(() => reject(failure ?? wrong({ message: `${command} could not be started`, next, cause })));
    });
    child.once("exit", () => setTimeout(() => closePipes(child), afterwards).unref());
    child.once("close", (code, killed) => {
      out.end();
      err.end();
      if (failure !== undefined) return settle(() => reject(failure));
      if (code === null) {
        const message = `${command} was ended by ${killed ?? "a signal"}`;
        return settle(() => reject(wrong({ message, next: "try again" })));
      }
      const result = { code, out: out.text(), err: words() };
      const said = lastWords(result.err.trim() === "" ? maskAll(result.out, secrets) : result.err);
      settle(() => resolve(code === 0 ? result : { ...result, words: said }));
    });
  });
}

function closePipes(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.stdin?.destroy();
}

/** Writes the input and closes it. A program that reads only part of it is not at fault: its exit code tells. */
function feed({ stdin }: ChildProcess, { input }: ProcessRequest, failed: (cause: unknown) => void): void {
  if (stdin === null || input === undefined) return;
  stdin.on("error", () => undefined);
  if (!(input instanceof Readable)) {
    stdin.end(input);
    return;
  }
  input.once("error", failed);
  stdin.once("close", () => input.destroy());
  input.pipe(stdin);
}
