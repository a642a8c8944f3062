// What a command of the terminal is: its place in the help, its options, and what it does. The table is in commands/index.ts.

import type { Terminal } from "./terminal.js";

export interface Command {
  readonly name: string;
  /** What follows the name in the usage line: "DIR [-o FILE]". */
  readonly operands: string;
  /** One line for the overview, lower-case start. */
  readonly summary: string;
  /** Paragraphs for the command's own help. */
  readonly about: readonly string[];
  readonly examples: readonly string[];
  readonly options: readonly Option[];
  /** Least and most operands. */
  readonly takes: readonly [least: number, most: number];
  run(call: Call): Promise<ExitCode>;
}

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value; a switch when absent. */
  readonly value?: string;
  /** The only values it takes. */
  readonly oneOf?: readonly string[];
  readonly about: string;
}

/** 0: done and verified, or clean. 1: refused, failed, or errors found. 2: misuse. */
export type ExitCode = 0 | 1 | 2;

/** One call of a command, with its options checked. */
export interface Call {
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether the command has such an option. */
  knows(option: string): boolean;
  /** Whether a switch was given. */
  on(option: string): boolean;
  value(option: string): string | undefined;
}

/** The command was called in a wrong way. Nothing was done; exit code 2. */
export class Misuse extends Error {
  override readonly name = "Misuse";
}

export const JSON_OPTION: Option = { name: "json", about: "print the result as JSON" };
