// "Say What This File Is": shows the verdict on the active file and lets the user overrule it, by `plugsmith.associations`.

import { type QuickPickItem, QuickPickItemKind, type Uri, window, workspace } from "vscode";
import type { VerdictReport } from "../../server/protocol.js";
import type { App } from "../app.js";
import { usualStore, valueIn, write } from "../configuration.js";
import { associationsOf } from "../settings.js";
import { run } from "./run.js";

export async function selectSystem(app: App): Promise<string | undefined> {
  const uri = window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    void window.showInformationMessage("Open the file first.");
    return undefined;
  }
  const act = { name: "ask for the verdict", title: "Looking at the file" };
  const report = await run(app, act, () => app.language.verdict(uri));
  if (report === undefined) return undefined;
  const choice = await choose(uri, report);
  if (choice === undefined) return undefined;
  await associate(uri, choice);
  return choice;
}

const byContent = "content";
const off = "off";

async function choose(uri: Uri, report: VerdictReport): Promise<string | undefined> {
  const current = report.associated ? (report.document ?? off) : byContent;
  const row = (label: string, value: string, detail?: string) => ({
    label,
    value,
    description: value === current ? "now" : value.includes("/") ? value : "",
    ...(detail === undefined ? {} : { detail }),
  });
  const verdict = `${report.title ?? "not a plugin manifest"}: ${report.reason}`;
  const rows: (QuickPickItem & { readonly value?: string })[] = [
    row("Decide by Content", byContent, report.associated ? undefined : verdict),
    row("Not a Plugin Manifest", off),
    { label: "It is a …", kind: QuickPickItemKind.Separator },
    ...report.choices.map(({ document, title }) => row(title, document)),
  ];
  const name = workspace.asRelativePath(uri);
  return (
    await window.showQuickPick(rows, { title: `What is ${name}?`, placeHolder: verdict, matchOnDescription: true })
  )?.value;
}

async function associate(uri: Uri, choice: string): Promise<void> {
  const glob = escaped(
    workspace.getWorkspaceFolder(uri) === undefined ? uri.path : workspace.asRelativePath(uri, false),
  );
  const store = usualStore();
  const { [glob]: _former, ...others } = associationsOf(valueIn(store, "associations"));
  // The first match decides, so this file's own row comes before wider globs.
  const next = choice === byContent ? others : { [glob]: choice, ...others };
  await write(store, "associations", Object.keys(next).length === 0 ? undefined : next);
}

/** A path as a glob that matches it alone. */
function escaped(path: string): string {
  return path.replace(/[*?[\]{}()!+@\\]/g, "\\$&");
}
