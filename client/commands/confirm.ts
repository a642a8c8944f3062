// How much is asked before a host is changed, by its level: nothing on a local one, the plan on a shared one, a dialog that
// names the target on a production one.

import { window } from "vscode";
import type { App } from "../app.js";
import type { HostConfig } from "../ops/index.js";
import { sentence } from "../sentence.js";
import { confirmPlan, type Planned, planTitle, showPlan, totals } from "./plan.js";

export async function confirmSending(app: App, found: Planned, host: HostConfig, verb: string): Promise<boolean> {
  if (host.level === "local") return true;
  const title = `${verb} ${planTitle(found.plan)} to ${host.name}`;
  if (host.level === "shared") return confirmPlan(app, found, title, `${verb} to ${host.name}`);
  const there = app.store.state(host.name)?.plugins.find((plugin) => plugin.name === found.plan.name);
  const detail = [
    `${host.name} is a production host (${host.url ?? ""}).`,
    `Goes in: ${totals(found.plan)}.`,
    there === undefined ? "" : `There now: ${[there.name, there.version, there.state].filter(Boolean).join(", ")}.`,
    ...found.findings.map((finding) => `• ${sentence(finding.message)}`),
  ];
  return confirm(`${title}?`, detail, verb, () => showPlan(app, found.plan, found.findings));
}

/** A dialog before an act without a plan, on the levels that the caller names. */
export async function confirmAct(
  host: HostConfig,
  question: string,
  detail: readonly string[],
  options: { readonly verb: string; readonly ask: "production" | "sharedToo" | "always" },
): Promise<boolean> {
  const { verb, ask } = options;
  if (ask === "production" && host.level !== "production") return true;
  if (ask === "sharedToo" && host.level === "local") return true;
  const level = host.level === "production" ? [`${host.name} is a production host (${host.url ?? ""}).`] : [];
  return confirm(question, [...level, ...detail], verb);
}

async function confirm(
  question: string,
  detail: readonly string[],
  verb: string,
  show?: () => Promise<void>,
): Promise<boolean> {
  const plan = "Show Plan";
  const options = { modal: true, detail: detail.filter(Boolean).join("\n") };
  const choice = await window.showWarningMessage(question, options, ...(show === undefined ? [verb] : [verb, plan]));
  if (choice === plan) await show?.();
  return choice === verb;
}
