// Runs the user's own programs (kubectl, docker, git, python, sky) by a list of arguments, never through a shell: what they
// said and their exit code, or a HostError. Cancelling and time-outs end everything that the program started.
import type { Readable } from "node:stream";
import type { HostIo } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { maskAll } from "../hosts/secrets.js";
import { type Executables, findExecutable } from "./executables.js";
import { outlast } from "./outlast.js";
import { cancelledProcess, commandLine, toolFailed } from "./toolErrors.js";

export interface ProcessRequest {
  /** The user's step, for messages: `upload`, `list`. */
  readonly step: string;
  /** A tool's name, which is looked for in the settings and on PATH, or a program's path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Beside the surroundings of this process; what is undefined is taken out of these. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the program reads; without it, nothing. */
  readonly input?: Uint8Array | Readable;
  /** Milliseconds; two minutes unless told. `Infinity` for what somebody else ends. */
  readonly timeout?: number;
  readonly signal: AbortSignal;
  /** Each line as it comes, masked. */
  readonly onLine?: (line: string, stream: "out" | "err") => void;
  /** Takes what the program writes to its output as bytes; `out` is empty then. */
  readonly onData?: (chunk: Uint8Array) => void;
  /** How much of the output is kept, or given to `onData`, at most; 10 MiB unless told. */
  readonly maxBytes?: number;
  /** A program that writes more is ended ("end", the standard), or only the last of its output is kept ("keepLast"). */
  readonly overflow?: "end" | "keepLast";
  /** Credentials to keep out of every message and every line. */
  readonly secrets?: readonly string[];
}

export interface ProcessResult {
  readonly code: number;
  /** Data, as the program wrote it: not masked, and not to be shown to anybody. */
  readonly out: string;
  /** The last of what it said to people, masked. */
  readonly err: string;
  /** For messages about a failure: the end of what it said, masked. */
  readonly words?: string;
}

/**
 * An exit code other than 0 is an answer. It rejects with `HostError` alone: "tool" when the program is not found, can't be
 * started, is ended by a signal, floods or is late, and "cancelled".
 */
export type Run = (request: ProcessRequest) => Promise<ProcessResult>;

export interface RunOptions {
  readonly executables?: Executables;
  /** One line for each program that is run, and each line that it says. Both masked. */
  readonly log?: ToolLog;
}

export interface ToolLog {
  info(line: string): void;
  debug(line: string): void;
}

/** What an adapter runs programs with: the one that a test gives, or the real one. No program tells the host's token to anybody. */
export function runOf({ run, executables, log, token }: Pick<HostIo, "run" | "executables" | "log" | "token">): Run {
  const really = run ?? createRun({ ...(executables ? { executables } : {}), ...(log ? { log } : {}) });
  if (token === undefined) return really;
  return async (request) => {
    const secret = (await token())?.trim();
    return really(secret === undefined ? request : { ...request, secrets: [...(request.secrets ?? []), secret] });
  };
}

export function createRun({ executables, log }: RunOptions = {}): Run {
  let start: ReturnType<typeof outlast> | undefined;
  return async (request) => {
    start ??= outlast();
    const { step, command, cwd, secrets = [], signal } = request;
    if (signal.aborted) throw cancelledProcess(step, command, signal.reason);
    const search = { step, ...(executables ? { executables } : {}), ...(cwd === undefined ? {} : { cwd }) };
    const program = await findExecutable(command, search);
    const said = commandLine(command, request.args, secrets);
    const began = Date.now();
    const onLine = (line: string, stream: "out" | "err") => {
      const masked = maskAll(line, secrets);
      log?.debug(`${command}: ${masked}`);
      request.onLine?.(masked, stream);
    };
    // Lines cost something; they are made where somebody reads them.
    const listens = log !== undefined || request.onLine !== undefined;
    try {
      const result = await start(program, { ...request, ...(listens ? { onLine } : {}) });
      log?.info(`ran ${said}: exit code ${result.code} (${Date.now() - began} ms)`);
      return result;
    } catch (error) {
      const why = error instanceof HostError ? maskAll(error.message, secrets) : "failed unexpectedly";
      log?.info(`ran ${said}: ${why} (${Date.now() - began} ms)`);
      throw error;
    }
  };
}

/** The same, where any exit code but 0 is a failure. `next` is what the user should do then. */
export async function mustRun(run: Run, request: ProcessRequest, next?: string): Promise<ProcessResult> {
  const result = await run(request);
  if (result.code !== 0) throw toolFailed(request, result, next);
  return result;
}
