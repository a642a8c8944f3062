// Asks before a host is changed, as its level wants: a production host by its name, a shared one once, a local one never. Where nobody
// can be asked, --yes has to be there for a production host, and for whatever takes something away.

import { type ActionPlan, type HostLevel, planText, pluginWords, verbs } from "../../ops/index.js";
import { type Call, Misuse } from "../command.js";

export async function confirm(call: Call, plan: ActionPlan): Promise<void> {
  const { name, level, url } = plan.host;
  if (level === "local" || call.on("yes")) return;
  const what = `${verbs[plan.operation][0].toLowerCase()} ${pluginWords(plan)}`;
  const at = url === undefined ? `"${name}"` : `"${name}" (${url})`;
  const wanted = level === "production" ? name : "yes";
  if (call.terminal.isAsked) call.terminal.note(planText(plan));
  const answer = await call.terminal.ask(`${what} on the ${level} host ${at}? Type ${wanted} to go on:`, call.signal);
  if (answer === undefined) {
    if (!mustBeAsked(level, plan)) return;
    throw new Misuse(`${at} is a ${level} host; add --yes to ${what} without being asked`);
  }
  const agreed = [wanted, ...(level === "production" ? [] : ["y"])].includes(answer.trim());
  if (!agreed) throw new Misuse(`not confirmed; nothing was changed on ${at}`);
}

function mustBeAsked(level: HostLevel, { operation }: ActionPlan): boolean {
  return level === "production" || operation === "remove" || operation === "disable";
}
