// "Say What This File Is": shows the verdict on the active file and lets the user overrule it, by `plugsmith.associations`.

import { type QuickPickItem, QuickPickItemKind, type Uri, window, workspace } from "vscode";
import type { VerdictReport } from "../../../server/protocol.js";
import type { App } from "../../app.js";
import { associationsOf } from "../../associations.js";
import { usualStore, valueIn, write } from "../../configuration.js";
import { documentTitle } from "../../documentTitle.js";

export async function selectSystem(app: App): Promise<string | undefined> {
  const uri = window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    void window.showInformationMessage("Open the file first.");
    return undefined;
  }
  const report = await app.language.verdict(uri).catch(() => undefined);
  const choice = await choose(uri, report ?? unlooked(app, uri));
  if (choice === undefined) return undefined;
  await associate(uri, choice);
  return choice;
}

/** What is said of a file whose name no manifest has: the server was not even asked. */
function unlooked({ language }: App, uri: Uri): VerdictReport {
  const reason = "no plugin manifest has such a name";
  return { uri: uri.toString(), reason, associated: false, choices: language.choices };
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
  const verdict = `${titleOf(report)}: ${report.reason}`;
  const rows: (QuickPickItem & { readonly value?: string })[] = [
    row("Decide by Content", byContent, report.associated ? undefined : verdict),
    row("Not a Plugin Manifest", off),
    { label: "It is a …", kind: QuickPickItemKind.Separator },
    ...report.choices.map((choice) => row(documentTitle(choice), choice.document)),
  ];
  const name = workspace.asRelativePath(uri);
  return (
    await window.showQuickPick(rows, { title: `What is ${name}?`, placeHolder: verdict, matchOnDescription: true })
  )?.value;
}

function titleOf({ document, title }: VerdictReport): string {
  if (title === undefined) return "Not a plugin manifest";
  return document === undefined ? title : documentTitle({ document, title }).replace(": ", " ");
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
