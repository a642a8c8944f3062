// What the extension wrote into its log, as the output panel shows it.
import { commands, workspace } from "vscode";
import { until } from "./waiting";

/** Waits until the log has a line that matches, and answers it. */
export async function logged(line: RegExp): Promise<string> {
  await commands.executeCommand("plugsmith.showOutput");
  return until(
    () => `a line ${line} in the log:\n${lines().slice(-30).join("\n")}`,
    () => lines().find((text) => line.test(text)),
  );
}

/** Lines of the log, once it has been shown. */
export function lines(): readonly string[] {
  const logs = workspace.textDocuments.filter(({ uri }) => uri.scheme === "output");
  return logs.flatMap((document) => document.getText().split("\n"));
}
