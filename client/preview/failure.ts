// What the user reads in a preview when work for it failed; the log gets the rest.

import type { LogOutputChannel } from "vscode";
import { errorText, HostError } from "../ops/index.js";
import { sentence } from "../sentence.js";

/** `what`: the sentence's beginning, such as "The preview could not be loaded". */
export function failureText(log: Pick<LogOutputChannel, "error">, what: string, error: unknown): string {
  if (error instanceof HostError) {
    log.error(`${what}: ${errorText(error)}`);
    return sentence(`${what}: ${errorText(error)}`);
  }
  log.error(error instanceof Error ? error : String(error));
  const cause = error instanceof Error ? `: ${error.message.split("\n", 1)[0]}` : "";
  return `${sentence(`${what}${cause}`)} Try again; the log (Plugsmith: Show Log) has the details.`;
}
