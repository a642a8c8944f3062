// Asks before a host is changed, as its level wants: a production host before every change, a shared one before something is
// taken away, a local one never. Where nobody can be asked, --yes has to be there.

import type { HostConfig } from "../../ops/index.js";
import { type Call, Misuse } from "../command.js";

export interface Change {
  /** "remove \"hello\"". */
  readonly what: string;
  readonly takesAway: boolean;
}

export async function confirm(call: Call, { name, level, url }: HostConfig, change: Change): Promise<void> {
  const mustAsk = level === "production" || (level === "shared" && change.takesAway);
  if (!mustAsk || call.on("yes")) return;
  const at = url === undefined ? `"${name}"` : `"${name}" (${url})`;
  const wanted = level === "production" ? name : "yes";
  const question = `${change.what} on the ${level} host ${at}? Type ${wanted} to go on:`;
  const answer = await call.terminal.ask(question, call.signal);
  if (answer === undefined)
    throw new Misuse(`${at} is a ${level} host; add --yes to ${change.what} without being asked`);
  const agreed = [wanted, ...(level === "production" ? [] : ["y"])].includes(answer.trim());
  if (!agreed) throw new Misuse(`not confirmed; nothing was changed on ${at}`);
}
