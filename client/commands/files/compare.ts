// What can be done with a rendering: compare it with the one before and with the cluster, and go to where an object is written.

import path from "node:path";
import { commands, Uri, ViewColumn, window } from "vscode";
import type { App } from "../../app.js";
import { setting } from "../../configuration.js";
import { diffWithCluster } from "../../ops/index.js";
import { placeOf } from "../../preview/kustomize/sources.js";
import { executablesOf } from "../../settings.js";
import { textScheme } from "../../textDocuments.js";
import { run } from "../run.js";
import { mayAct } from "../target.js";

export async function compareRender(app: App, argument: unknown): Promise<boolean> {
  const rendered = renderingOf(argument);
  if (rendered === undefined) return false;
  const before = rendered.with({ path: rendered.path.replace(/ rendered\.yaml$/, " previous.yaml") });
  if (app.texts.read(before) === undefined) {
    void window.showInformationMessage("The rendering has not changed since the preview was opened.");
    return false;
  }
  const title = `${path.posix.basename(rendered.path, ".yaml")} ↔ previous`;
  await commands.executeCommand("vscode.diff", before, rendered, title);
  return true;
}

export async function compareCluster(app: App, argument: unknown): Promise<boolean> {
  const rendered = renderingOf(argument);
  if (rendered === undefined || !mayAct("Programs are run")) return false;
  const name = path.posix.basename(rendered.path, " rendered.yaml");
  const act = { name: `compare ${name} with the cluster`, title: `Comparing "${name}" with the cluster` };
  const io = { executables: executablesOf(setting), log: app.log };
  const text = app.texts.read(rendered) ?? "";
  const difference = await run(app, act, ({ signal }) => diffWithCluster({ text, folder: rendered.query, signal }, io));
  if (difference === undefined) return false;
  if (difference === "") void window.showInformationMessage(`The cluster has "${name}" as it is rendered here.`);
  else await app.showText(`${name} and the cluster.diff`, difference);
  return true;
}

/** A rendering's own document: passed by the editor's title or a code lens, else the one in front. */
function renderingOf(argument: unknown): Uri | undefined {
  const uri = argument instanceof Uri ? argument : window.activeTextEditor?.document.uri;
  return uri?.scheme === textScheme && uri.path.endsWith(" rendered.yaml") ? uri : undefined;
}

/** What a code lens above an object carries. */
export interface SourceOf {
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly by?: string;
}

export async function openSource(_app: App, argument: unknown): Promise<void> {
  if (typeof argument !== "object" || argument === null) return;
  const text = (key: keyof SourceOf): string => String(Reflect.get(argument, key) ?? "");
  const by = text("by");
  const origin = { path: text("path"), ...(by === "" ? {} : { by }) };
  const { uri, range } = await placeOf({ kind: text("kind"), name: text("name") }, origin);
  // Where the file is in sight already, else beside the rendering rather than in front of it.
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  await window.showTextDocument(uri, { selection: range, viewColumn: shown?.viewColumn ?? ViewColumn.One });
}
