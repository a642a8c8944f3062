// "Check Workspace": the problems of every manifest, opened or not, in the Problems panel.

import { commands, window } from "vscode";
import type { WorkspaceReport } from "../../../server/protocol.js";
import type { App } from "../../app.js";
import { count } from "../../views/model/words.js";
import { run } from "../run.js";

export async function checkWorkspace(app: App): Promise<WorkspaceReport | undefined> {
  const act = { name: "check workspace", title: "Checking all plugin manifests", quick: true, cancellable: false };
  const report = await run(app, act, () => app.language.checkWorkspace());
  if (report !== undefined) tell(report);
  return report;
}

function tell({ files, errors, warnings }: WorkspaceReport): void {
  const show = "Show Problems";
  const found = errors + warnings === 0 ? "no problems" : `${count(errors, "error")} and ${count(warnings, "warning")}`;
  const text =
    files === 0 ? "There is no plugin manifest in this workspace." : `${count(files, "manifest")} checked: ${found}.`;
  void window
    .showInformationMessage(text, ...(errors + warnings === 0 ? [] : [show]))
    .then((choice) => choice === show && commands.executeCommand("workbench.actions.view.problems"));
}
