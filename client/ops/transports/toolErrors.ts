// What is said about a program that was run: its failure, and the command itself, short and without credentials.
import { HostError } from "../hosts/hostError.js";
import { maskAll } from "../hosts/secrets.js";
import type { ProcessRequest, ProcessResult } from "./process.js";

/** What a program's failure is called: its name, its exit code and its last words. */
export function toolFailed(request: ProcessRequest, result: ProcessResult, next?: string): HostError {
  const { step, command, args, secrets = [] } = request;
  const { code, out, err } = result;
  const words = result.words ?? lastWords(maskAll(err.trim() === "" ? out : err, secrets));
  return new HostError({
    kind: "tool",
    step,
    message: `${commandLine(command, args.slice(0, 2), secrets)} failed with exit code ${code}`,
    said: words,
    next: next ?? `correct what ${command} complains of, then try again`,
  });
}

export function cancelledProcess(step: string, command: string, cause?: unknown): HostError {
  return new HostError({
    kind: "cancelled",
    step,
    message: `the ${step} was cancelled; ${command} was ended`,
    next: "start it again when you are ready",
    cause,
  });
}

/** The end of what was said, as one line of at most 600 characters. */
export function lastWords(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const words = lines
    .slice(-8)
    .map((line) => line.trim())
    .join("; ");
  return words.length > 600 ? `…${words.slice(-600)}` : words;
}

const secretOption = /^--?(?:[\w-]*(?:token|password|passwd|secret|api-?key|credentials?))(=|$)/i;

/** `docker login --password •••`: for people to read, not to be run. */
export function commandLine(command: string, args: readonly string[], secrets: readonly string[] = []): string {
  const words = args.map((argument, index) => {
    const before = args[index - 1];
    if (before !== undefined && secretOption.test(before) && !before.includes("=")) return "•••";
    const option = argument.includes("=") && secretOption.test(argument);
    return option ? `${argument.slice(0, argument.indexOf("="))}=•••` : quoted(argument);
  });
  return maskAll([command, ...words].join(" "), secrets);
}

function quoted(argument: string): string {
  const short = argument.length > 300 ? `${argument.slice(0, 300)}…` : argument;
  return /^[\w@%+=:,./!-]+$/.test(short) ? short : JSON.stringify(short);
}
