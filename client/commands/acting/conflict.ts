// The stop at somebody else's work: what the host has is shown beside what is to be sent, and only the user's word overwrites it.

import { window } from "vscode";
import type { App } from "../../app.js";
import { type ActionPlan, filesOfArchive, type HostConfig, type Intent } from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { run } from "../run.js";

/** True when the user says that it is to be overwritten. */
export async function overwrites(app: App, host: HostConfig, plan: ActionPlan, intent: Intent): Promise<boolean> {
  const adapter = app.connect(host);
  const plugin = plan.plugin?.name ?? "";
  const [overwrite, show] = [intent.operation === "remove" ? "Remove It All the Same" : "Overwrite", "Show Difference"];
  const canShow = adapter.files !== undefined && "shipment" in intent;
  const detail = `Somebody else may have put it there. ${overwrite} loses it: no bundle of it is kept here.`;
  for (;;) {
    const text = sentence(plan.conflict?.said ?? `"${host.name}" has something else of "${plugin}"`);
    const buttons = canShow ? [show, overwrite] : [overwrite];
    const choice = await window.showWarningMessage(text, { modal: true, detail }, ...buttons);
    if (choice !== show || !("shipment" in intent)) return choice === overwrite;
    await showDifference(app, host, plugin, intent.shipment.path);
    // The editor with the differences comes first; the question is asked again where it can be seen beside it.
    const next = `Overwrite "${plugin}" on "${host.name}"?`;
    return (await window.showInformationMessage(next, "Overwrite", "Cancel")) === "Overwrite";
  }
}

/** What the host has on the left, what would be sent on the right. */
async function showDifference(app: App, host: HostConfig, plugin: string, archive: string): Promise<void> {
  const act = { name: `compare ${plugin} on ${host.name}`, title: `Reading "${plugin}" from "${host.name}"`, host };
  const sides = await run(app, act, async ({ signal }) => {
    const theirs = (await app.connect(host).files?.(plugin, signal)) ?? [];
    const ours = await Promise.all(
      (await filesOfArchive(archive)).map(async (file) => ({ path: file.path, bytes: await file.read() })),
    );
    return { theirs, ours };
  });
  if (sides !== undefined) await app.showDifferences(`${plugin}: ${host.name} ↔ to be sent`, sides.theirs, sides.ours);
}
