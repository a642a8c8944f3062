// From what a command is about to ask of a host to the user's agreement: the host is asked what would change, somebody else's work is
// never overwritten silently, errors are told, and then the host's level says how much is asked.

import { commands, window } from "vscode";
import type { App } from "../../app.js";
import {
  type ActionPlan,
  type Finding,
  type HostConfig,
  type Intent,
  type PackPlan,
  planAction,
  planTitle,
  verbs,
} from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { run } from "../run.js";
import type { Target } from "../target.js";
import { overwrites } from "./conflict.js";
import { confirmByName, confirmInList, showPlan } from "./planDocument.js";

export interface Proposal {
  readonly host: HostConfig;
  readonly intent: Intent;
  /** How the shipment was packed, and what was found then. */
  readonly pack?: PackPlan;
  readonly findings?: readonly Finding[];
  /** The user goes on in spite of what was found. */
  readonly force?: boolean;
  /** What the command was about, to run it once more. */
  readonly target?: Target;
  /** Asks on a local host too: what is taken away can't be brought back. */
  readonly always?: boolean;
  /** Offered where the host would pass over the version as one that it has seen; what follows is the caller's. */
  readonly raise?: () => Promise<void>;
}

export interface Agreed {
  readonly plan: ActionPlan;
  readonly force: boolean;
  readonly overwrite: boolean;
}

/** Undefined when the host could not be asked, or the user leaves it as it is. */
export async function agree(app: App, proposal: Proposal): Promise<Agreed | undefined> {
  const { host, intent, pack, findings } = proposal;
  const act = {
    name: `plan to ${actName(intent, host.name)}`,
    title: `Asking "${host.name}" what would change`,
    host,
  };
  const plan = await run(app, act, ({ signal }) => {
    const question = { host: app.connect(host), intent, signal, ledger: app.ledger };
    return planAction({ ...question, ...(pack && { pack }), ...(findings && { findings }) });
  });
  if (plan === undefined) return undefined;
  const overwrite = plan.conflict?.state === "other";
  if (overwrite && !(await overwrites(app, host, plan, intent))) return undefined;
  const isAgainst = hasErrors(plan, findings) && proposal.force !== true;
  if (isAgainst && proposal.raise === undefined) return refused(app, proposal, plan);
  if (isAgainst && !(await goesOn(app, plan, proposal.raise))) return undefined;
  const force = proposal.force === true || isAgainst;
  return (await confirmed(app, proposal, plan)) ? { plan, force, overwrite } : undefined;
}

/** As the log calls the act itself: "deploy notes to team". */
function actName(intent: Intent, host: string): string {
  if (intent.operation === "reload") return `reload ${host}`;
  const plugin = "shipment" in intent ? intent.shipment.name : intent.plugin;
  const [verb, to] = verbs[intent.operation];
  return `${verb.toLowerCase()} ${plugin} ${to} ${host}`;
}

async function confirmed(app: App, { host, always }: Proposal, plan: ActionPlan): Promise<boolean> {
  if (host.level === "production") return confirmByName(app, plan);
  return host.level === "local" && always !== true ? true : confirmInList(app, plan);
}

/** Errors that the host's own check found; those of packing have been asked about before. */
function hasErrors({ findings }: ActionPlan, before: readonly Finding[] = []): boolean {
  return findings.some((finding) => finding.severity === "error" && !before.includes(finding));
}

async function goesOn(app: App, plan: ActionPlan, raise: Proposal["raise"]): Promise<boolean> {
  const [verb] = verbs[plan.operation];
  const [anyway, show, next] = [`${verb} Anyway`, "Show Plan", "Raise Version"] as const;
  const errors = plan.findings.filter(({ severity }) => severity === "error");
  const detail = errors.map(({ message }) => `• ${sentence(message)}`).join("\n");
  const question = `${planTitle(plan)}? The host would refuse it or fail on it.`;
  const isRaisable = raise !== undefined && errors.every(({ remedy }) => remedy === "raiseVersion");
  const choices = [...(isRaisable ? [next] : []), anyway, show];
  const choice = await window.showErrorMessage(question, { modal: true, detail }, ...choices);
  if (choice === next) await raise?.();
  if (choice === show) await showPlan(app, plan);
  return choice === anyway;
}

/** Nothing is sent; the message leads to the plan, and to the same act in spite of it. */
function refused(app: App, { host, intent, target }: Proposal, plan: ActionPlan): undefined {
  const [verb] = verbs[plan.operation];
  const [anyway, show] = [`${verb} Anyway`, "Show Plan"] as const;
  const errors = plan.findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const first = `${errors[0] ?? ""}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ""}`;
  app.log.error(`${actName(intent, host.name)}: refused at check: ${first}; nothing was sent`);
  const text = `${sentence(first)} Nothing was sent to "${host.name}".`;
  void window.showErrorMessage(text, anyway, show).then(async (choice) => {
    if (choice === show) await showPlan(app, plan);
    if (choice === anyway)
      await commands.executeCommand(`plugsmith.${intent.operation}`, { ...target, host: host.name, force: "yes" });
  });
  return undefined;
}
