// From what a command is about to ask of a host to the user's agreement: the host is asked what would change, somebody else's work is
// never overwritten silently, errors are told, and then the host's level says how much is asked.

import { window } from "vscode";
import type { App } from "../app.js";
import {
  type ActionPlan,
  type Finding,
  type HostConfig,
  type Intent,
  type PackPlan,
  planAction,
  planTitle,
  verbs,
} from "../ops/index.js";
import { sentence } from "../sentence.js";
import { overwrites } from "./conflict.js";
import { confirmByName, confirmInList, showPlan } from "./planDocument.js";
import { run } from "./run.js";

export interface Proposal {
  readonly host: HostConfig;
  readonly intent: Intent;
  /** How the shipment was packed, and what was found then. */
  readonly pack?: PackPlan;
  readonly findings?: readonly Finding[];
  /** The user goes on in spite of what packing found. */
  readonly force?: boolean;
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
    name: `plan ${intent.operation} on ${host.name}`,
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
  const force = proposal.force === true || hasErrors(plan, findings);
  if (hasErrors(plan, findings) && !(await goesOn(app, plan, proposal.raise))) return undefined;
  return (await confirmed(app, proposal, plan)) ? { plan, force, overwrite } : undefined;
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
