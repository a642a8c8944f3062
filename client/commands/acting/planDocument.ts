// A plan before the user's eyes: as a list to agree to, as a document, as differences of files; and the question that a production host
// asks, which is answered by typing its name.

import { type QuickPickItem, window } from "vscode";
import type { App } from "../../app.js";
import { type ActionPlan, pages, planText, planTitle, pluginWords, sizeWords, verbs } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { agreedTo, contentsRows, findingRow, type Showing, section, wholePlan } from "./planList.js";

export async function showPlan(app: App, plan: ActionPlan): Promise<void> {
  const [verb, to] = verbs[plan.operation];
  await app.showText(`Plan: ${verb} ${pluginWords(plan)} ${to} ${plan.host.name}`, planText(plan));
}

/** For a shared host: the plan as a list, whose first row agrees. */
export function confirmInList(app: App, plan: ActionPlan): Promise<boolean> {
  const differences: Showing = {
    label: "$(diff) Show Differences",
    description: "of the files that change",
    show: () => showDiffs(app, plan),
  };
  return agreedTo({
    title: planTitle(plan),
    verb: verbs[plan.operation][0],
    summary: summaryOf(plan),
    shows: [wholePlan(() => showPlan(app, plan)), ...(diffsOf(plan).length === 0 ? [] : [differences])],
    rows: rowsOf(plan),
  });
}

function rowsOf(plan: ActionPlan): readonly QuickPickItem[] {
  return [
    ...section(
      "Changes",
      plan.changes.map(({ action, what, where, detail }) => ({
        label: `$(${changeIcons[action]}) ${action} ${what}`,
        description: where,
        ...(detail === undefined ? {} : { detail }),
      })),
    ),
    ...section(
      "On the host now",
      plan.conflict === undefined ? [] : [{ label: `$(info) ${sentence(plan.conflict.said)}` }],
    ),
    ...section(
      "Needs it there",
      plan.dependents.map((name) => ({ label: `$(references) ${name}` })),
    ),
    ...section(
      "Gained",
      pages(plan.gains).map((label) => ({ label: `$(add) ${label}` })),
    ),
    ...section(
      "Lost",
      pages(plan.losses).map((label) => ({ label: `$(remove) ${label}` })),
    ),
    ...section("Know before", plan.findings.map(findingRow)),
    ...(plan.package === undefined ? [] : contentsRows(plan.package)),
  ];
}

/** For a production host: the plan in an editor, and its name to be typed. */
export async function confirmByName(app: App, plan: ActionPlan): Promise<boolean> {
  const { name } = plan.host;
  await showPlan(app, plan);
  if (diffsOf(plan).length > 0) await showDiffs(app, plan);
  const typed = await window.showInputBox({
    title: planTitle(plan),
    prompt: `Type ${name} to ${verbs[plan.operation][0].toLowerCase()}. The plan is in the editor.`,
    placeHolder: name,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === name ? undefined : `this changes a production host: type ${name}`),
  });
  return typed?.trim() === name;
}

async function showDiffs(app: App, plan: ActionPlan): Promise<void> {
  const diffs = diffsOf(plan);
  const side = (which: "before" | "after") =>
    diffs.map((diff) => ({ path: diff.file, bytes: Buffer.from(diff[which], "utf8") }));
  await app.showDifferences(planTitle(plan), side("before"), side("after"));
}

function diffsOf({ changes }: ActionPlan) {
  return changes.flatMap(({ diff }) => (diff === undefined ? [] : [diff]));
}

function summaryOf({ package: packed, changes }: ActionPlan): string {
  if (packed === undefined) return changes.length === 1 ? "1 change" : `${changes.length} changes`;
  const files = packed.files.length === 1 ? "1 file" : `${packed.files.length} files`;
  return `${files}, ${sizeWords(packed.bytes)}`;
}

const changeIcons = {
  add: "add",
  replace: "replace",
  remove: "trash",
  restart: "debug-restart",
  run: "terminal",
  keep: "history",
} as const;
