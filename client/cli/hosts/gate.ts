// Between the plan and the act: with --dry-run the plan is the result; what the plan speaks against is refused; and the host's level
// says who is asked. The same for every command that changes a host.

import { type ActionPlan, HostError, planText, stopped, stops } from "../../ops/index.js";
import type { Call, ExitCode } from "../command.js";
import { confirm } from "./confirm.js";
import { errorData } from "./words.js";

/** "go", or the exit code of a command that ends here. Throws when the plan is refused. */
export async function gate(call: Call, plan: ActionPlan): Promise<"go" | ExitCode> {
  if (call.on("dry-run")) return tellPlan(call, plan);
  const refused = refusalOf(call, plan);
  if (refused !== undefined) throw refused;
  await confirm(call, plan);
  if (plan.conflict?.state === "unknown" && plan.operation !== "remove")
    call.terminal.note(`note: ${plan.conflict.said}`);
  return "go";
}

function refusalOf(call: Call, { findings, conflict, operation }: ActionPlan): HostError | undefined {
  if (stops(findings) && !call.on("force"))
    return sends.has(operation)
      ? stopped(operation, findings, "nothing was sent")
      : stopped(operation, findings, "nothing was changed", "choose a plugin that plugsmith list shows");
  if (conflict?.state !== "other" || call.on("overwrite")) return undefined;
  return new HostError({
    kind: "refused",
    step: "conflict",
    message: conflict.said,
    hostNow: "nothing was sent",
    next: "find out whose it is; --overwrite replaces it",
    findings,
  });
}

const sends: ReadonlySet<ActionPlan["operation"]> = new Set(["upload", "deploy", "rollback"]);

/** What --dry-run shows of one host. */
export function tellPlan(call: Call, plan: ActionPlan): ExitCode {
  const { terminal } = call;
  const refused = refusalOf(call, plan);
  if (call.on("json")) {
    terminal.print(JSON.stringify(planData(call, plan), undefined, 2));
  } else {
    terminal.print(planText(plan).trimEnd());
    terminal.print("");
    terminal.print(
      refused === undefined
        ? "nothing was changed; without --dry-run this is done"
        : `this would be refused: ${refused.message}; ${refused.next}`,
    );
  }
  return refused === undefined ? 0 : 1;
}

export function planData(call: Call, plan: ActionPlan) {
  const refused = refusalOf(call, plan);
  return { plan, ...(refused && { refused: errorData(refused) }) };
}
