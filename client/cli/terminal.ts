// The streams, folders and surroundings of one run: results to stdout, everything else to stderr. The token never gets
// through to either; it is masked here, the one place that all text passes.

import path from "node:path";
import { styleText } from "node:util";
import { maskSecret } from "../ops/hosts/secrets.js";

export interface Terminal {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string | undefined;
  /** A line of the result. */
  print(text: string): void;
  /** A line beside the result: a warning, a note. */
  note(text: string): void;
  /** What is going on; shown to people only, not to pipes. */
  progress(text: string): void;
  /** Whether a person is there to be asked. */
  readonly isAsked: boolean;
  /** Asks a person; undefined when nobody is there. */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
  style(style: Style, text: string): string;
  /** Aborted by the first Ctrl-C or SIGTERM; the second ends the process. Ends with `stop`. */
  interruptible(): { readonly signal: AbortSignal; stop(): void };
  /** An absolute path as people here write it: relative to the working directory, with "/". */
  shown(file: string): string;
}

export type Style = "red" | "yellow" | "cyan" | "dim" | "bold" | "green";

export function terminal(process: NodeJS.Process): Terminal {
  const { stdout, stderr, stdin, env } = process;
  const here = process.cwd();
  const token = env.PLUGSMITH_TOKEN === "" ? undefined : env.PLUGSMITH_TOKEN;
  // Further ones are for single hosts of several.
  const tokens = Object.keys(env).flatMap((name) => (/^PLUGSMITH_TOKEN(_|$)/.test(name) ? [env[name] ?? ""] : []));
  const masked = (text: string) => tokens.reduce((rest, one) => maskSecret(rest, one), text);
  /** Whether a line of progress stands there, to be overwritten by the next thing that is said. */
  let passing = false;
  const isAsked = stdin.isTTY === true && stderr.isTTY === true;
  const colours = stdout.isTTY === true && env.NO_COLOR === undefined && env.TERM !== "dumb";
  // A reader that has seen enough (`| head`) is no failure.
  for (const stream of [stdout, stderr]) stream.on("error", () => undefined);
  return {
    cwd: here,
    env,
    token,
    print: (text) => {
      clear();
      stdout.write(`${masked(text)}\n`);
    },
    note: (text) => {
      clear();
      stderr.write(`${masked(text)}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY !== true) return;
      stderr.write(`\r\x1b[2K… ${masked(text).slice(0, Math.max(10, (stderr.columns ?? 80) - 3))}`);
      passing = true;
    },
    isAsked,
    ask: async (question, signal) => {
      if (!isAsked) return undefined;
      clear();
      const { createInterface } = await import("node:readline/promises");
      const reader = createInterface({ input: stdin, output: stderr });
      try {
        return await reader.question(`${masked(question)} `, { signal });
      } finally {
        reader.close();
      }
    },
    style: (style, text) => (colours ? styleText(style, text) : text),
    interruptible,
    shown: (file) => path.relative(here, file).split(path.sep).join("/") || ".",
  };

  function clear() {
    if (passing) stderr.write("\r\x1b[2K");
    passing = false;
  }

  function interruptible() {
    const controller = new AbortController();
    const interrupt = () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    };
    process.on("SIGINT", interrupt);
    process.on("SIGTERM", interrupt);
    return {
      signal: controller.signal,
      stop: () => {
        process.off("SIGINT", interrupt);
        process.off("SIGTERM", interrupt);
      },
    };
  }
}
