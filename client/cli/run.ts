// One run of the terminal command: finds the command, checks its arguments, and turns what it throws into words and an exit
// code. The only place of the terminal command that catches.

import { nearest } from "../../server/service/index.js";
import { errorText, HostError } from "../ops/hosts/hostError.js";
import { parse } from "./arguments.js";
import { type Command, type ExitCode, Misuse } from "./command.js";
import { commands } from "./commands/index.js";
import { commandHelp, overview } from "./help.js";
import { terminalStep } from "./hosts/keys.js";
import type { Terminal } from "./terminal.js";
import { version } from "./version.js";

export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined || first === "--help" || first === "-h") return help(rest[0], terminal);
  if (first === "help") return help(rest[0], terminal);
  if (first === "--version" || first === "-v") {
    terminal.print(version());
    return 0;
  }
  const command = commands.find(({ name }) => name === first);
  if (!command) return misuse(unknownCommand(first), terminal, "plugsmith --help");
  if (helpIsWanted(rest)) return help(first, terminal);
  return guarded(command, rest, terminal);
}

async function guarded(command: Command, argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const interruption = terminal.interruptible();
  let host: string | undefined;
  try {
    const given = parse(command, argv);
    host = given.value("host");
    return await command.run({ ...given, terminal, signal: interruption.signal });
  } catch (error) {
    const asJson = beforeOperands(argv).includes("--json");
    if (error instanceof Misuse) {
      const see = `plugsmith help ${command.name}`;
      return asJson ? misuseAsJson(error.message, terminal, see) : misuse(error.message, terminal, see);
    }
    if (error instanceof HostError) return await failed(error, asJson, terminal, host);
    terminal.note(`plugsmith: this should not have happened: ${unexpected(error)}`);
    return 1;
  } finally {
    interruption.stop();
  }
}

/** One sentence for people; the stack for whoever looks into it, with PLUGSMITH_DEBUG set. */
function unexpected(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env.PLUGSMITH_DEBUG) return error.stack ?? error.message;
  return `${error.message}; run it again with PLUGSMITH_DEBUG=1 and report what it prints`;
}

function help(name: string | undefined, terminal: Terminal): ExitCode {
  if (name === undefined || name === "help" || name.startsWith("-")) {
    terminal.print(overview(commands));
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) return misuse(unknownCommand(name), terminal, "plugsmith --help");
  terminal.print(commandHelp(command));
  return 0;
}

/** Before "--", where everything is an operand. */
function helpIsWanted(argv: readonly string[]): boolean {
  return beforeOperands(argv).some((one) => one === "--help" || one === "-h");
}

function beforeOperands(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return argv.slice(0, end < 0 ? argv.length : end);
}

function unknownCommand(name: string): string {
  if (name.startsWith("-"))
    return `"${name}" stands where the command belongs; write the command first, then its options`;
  const [meant] = nearest(
    name,
    commands.map((command) => command.name),
  );
  return `there is no command "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
}

function misuse(message: string, terminal: Terminal, see: string): ExitCode {
  terminal.note(`plugsmith: ${message}`);
  terminal.note(`see: ${see}`);
  return 2;
}

function misuseAsJson(message: string, terminal: Terminal, see: string): ExitCode {
  terminal.print(JSON.stringify({ error: { kind: "misuse", message, next: `see: ${see}` } }, undefined, 2));
  return 2;
}

async function failed(error: HostError, asJson: boolean, terminal: Terminal, host?: string): Promise<ExitCode> {
  // Loaded late, as every command loads what it needs.
  const { errorData, noteFindings } = await import("./hosts/words.js");
  if (asJson) {
    terminal.print(JSON.stringify({ error: errorData(error, terminalStep(error.next, terminal, host)) }, undefined, 2));
  } else {
    noteFindings(error.findings, terminal);
    const { next } = error;
    const text = errorText(error);
    terminal.note(`plugsmith: ${text.slice(0, text.length - next.length)}${terminalStep(error.next, terminal, host)}`);
  }
  return 1;
}
