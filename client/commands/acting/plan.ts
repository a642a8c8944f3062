// Shows what goes into a package before anything is made of it, and stops at problems: the list itself is `planText`.

import path from "node:path";
import { commands, Uri, window } from "vscode";
import type { LocalPlugin } from "../../../server/protocol.js";
import type { App } from "../../app.js";
import { settingFor } from "../../configuration.js";
import { type Finding, type HostConfig, type PackPlan, packerOf, sizeWords as size, stops } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { excludesOf } from "../../settings.js";
import { run } from "../run.js";
import { diagnosticsOf } from "./diagnostics.js";
import { agreedTo, contentsRows, findingRow, section, wholePlan } from "./planList.js";

export interface Planned {
  readonly plan: PackPlan;
  readonly findings: readonly Finding[];
  /** The user goes on in spite of errors. */
  readonly force: boolean;
}

/**
 * Plans and checks, for a host where one is chosen; undefined when that failed or the user stops at the problems. With "problems too",
 * for what is sent nowhere, nobody is asked.
 */
export async function planned(
  app: App,
  plugin: LocalPlugin,
  host?: HostConfig,
  asking: "problems asked" | "problems too" = "problems asked",
): Promise<Planned | undefined> {
  const root = Uri.parse(plugin.root);
  const act = { name: `plan ${plugin.name}`, title: `Looking at the files of "${plugin.name}"`, quick: true };
  const looked = await run(app, act, async ({ signal }) => {
    const packer = packerOf(plugin.system);
    const exclude = excludesOf(settingFor("package.exclude", root));
    const packingFor = { tools: app.tools(), ...(host && { host }) };
    const plan = await packer.plan(root.fsPath, { exclude, signal, ...packingFor });
    return { plan, findings: await packer.preflight(plan, await diagnosticsOf(plugin)) };
  });
  if (looked === undefined) return undefined;
  if (!stops(looked.findings) || asking === "problems too") return { ...looked, force: false };
  return (await goOn(plugin, looked.plan, looked.findings)) ? { ...looked, force: true } : undefined;
}

async function goOn(plugin: LocalPlugin, plan: PackPlan, findings: readonly Finding[]): Promise<boolean> {
  const errors = findings.filter((finding) => finding.severity === "error");
  const [show, anyway] = ["Show Problems", "Package Anyway"] as const;
  // What the plan itself refuses (links, secrets, no manifest) can't be packed at all.
  const choices = stops(plan.findings) ? [show] : [show, anyway];
  const detail = errors.map((finding) => `• ${sentence(finding.message)}`).join("\n");
  const message = `"${plugin.name}" has ${errors.length === 1 ? "a problem" : `${errors.length} problems`} that hosts refuse or fail on`;
  const choice = await window.showErrorMessage(message, { modal: true, detail }, ...choices);
  if (choice === show) {
    await window.showTextDocument(Uri.parse(plugin.manifest)).then(undefined, () => undefined);
    await commands.executeCommand("workbench.actions.view.problems");
  }
  return choice === anyway;
}

/** Shows the plan and asks; `go` is the word on the button. */
export function confirmPlan(app: App, { plan, findings }: Planned, title: string, go: string): Promise<boolean> {
  const rows = [...section("Know before", findings.map(findingRow)), ...contentsRows(plan)];
  const whole = wholePlan(() => showPlan(app, plan, findings));
  return agreedTo({ title, verb: go, summary: totals(plan), shows: [whole], rows });
}

async function showPlan(app: App, plan: PackPlan, findings: readonly Finding[]): Promise<void> {
  await app.showText(`Plan of ${planTitle(plan)}`, planText(plan, findings));
}

function planText(plan: PackPlan, findings: readonly Finding[]): string {
  const lines = [
    `${planTitle(plan)}: ${totals(plan)}`,
    `from ${plan.folder}`,
    ...list(
      "Know before",
      findings.map((finding) => `${finding.severity}: ${finding.message}`),
    ),
    ...list(
      "Goes in",
      plan.files.map(
        (file) => `${size(file.bytes).padStart(10)}  ${file.path}${file.rule === "" ? "" : `  (${file.rule})`}`,
      ),
    ),
    ...list(
      "Stays out",
      plan.leftOut.map((item) => `${item.path}  (${item.rule})`),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

export function planTitle({ name, version, folder }: PackPlan): string {
  return [name ?? path.basename(folder), version].filter(Boolean).join(" ");
}

export function totals({ files, bytes }: PackPlan): string {
  return `${files.length === 1 ? "1 file" : `${files.length} files`}, ${size(bytes)}`;
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
}
