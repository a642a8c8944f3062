// "Preview": shows what a host makes of a manifest. Finds out what is meant from whatever called it, and opens the preview of
// its system, or shows the one that is open already.

import { Uri, window, workspace } from "vscode";
import type { LocalPlugin } from "../../../server/protocol.js";
import { systemTitle } from "../../../server/service/index.js";
import type { App } from "../../app.js";
import type { Subject } from "../../preview/preview.js";
import { PREVIEWS } from "../../preview/table.js";
import { run } from "../run.js";
import { knownPlugins, mayAct, type Target, targetOf } from "../target.js";

export async function preview(app: App, argument: unknown): Promise<boolean> {
  const target = targetOf(argument);
  if (target.host !== undefined && target.manifest === undefined) return previewHost(app, target.host, target);
  const subject = await subjectFor(app, target);
  if (subject === undefined) return false;
  const row = PREVIEWS.find(({ system }) => subject.document.startsWith(`${system}/`));
  if (row === undefined || (row.needsTrust && !mayAct("Previews that run something are shown"))) return false;
  const name = workspace.asRelativePath(subject.manifest);
  const key = `${subject.document} ${subject.manifest.toString()}`;
  const act = { name: `preview ${name}`, title: `Opening the preview of ${name}`, quick: true, cancellable: false };
  return (await run(app, act, () => app.previews.show(key, () => row.open(app, subject)))) ?? false;
}

/** A page of a host in a panel. */
async function previewHost(app: App, host: string, { plugin, address }: Target): Promise<boolean> {
  if (!mayAct()) return false;
  const system = app.rows.named(host)?.system;
  const openHost = PREVIEWS.find((row) => row.system === system)?.openHost;
  if (openHost === undefined) {
    void window.showInformationMessage(`"${host}" has no pages of plugins to preview.`);
    return false;
  }
  const subject = { host, ...(plugin !== undefined && { plugin }), ...(address !== undefined && { address }) };
  const act = {
    name: `preview ${plugin ?? host}`,
    title: `Opening a page of ${host}`,
    quick: true,
    cancellable: false,
  };
  const key = `${host} ${plugin ?? ""} ${address ?? ""}`;
  return (await run(app, act, () => app.previews.show(key, () => openHost(app, subject)))) ?? false;
}

async function subjectFor(app: App, target: Target): Promise<Subject | undefined> {
  await knownPlugins(app);
  const meant = target.manifest ?? manifestOf(app, target) ?? window.activeTextEditor?.document.uri.toString();
  const found = meant === undefined ? undefined : await subjectAt(app, Uri.parse(meant));
  return found ?? (await askedFor(app));
}

function manifestOf(app: App, { plugin, root }: Target): string | undefined {
  if (plugin === undefined && root === undefined) return undefined;
  return app.board.plugins().find((one) => (root === undefined ? one.name === plugin : one.root === root))?.manifest;
}

/** A manifest itself, or a file of the plugin around it: the nearest one. */
async function subjectAt(app: App, file: Uri): Promise<Subject | undefined> {
  const document = (await app.language.verdict(file))?.document;
  if (document !== undefined) return { manifest: file, document };
  const text = file.toString();
  const around = app.board
    .plugins()
    .filter(({ manifest, root }) => manifest === text || text.startsWith(`${root.replace(/\/$/, "")}/`))
    .sort((a, b) => b.root.length - a.root.length);
  const [nearest] = around;
  return nearest === undefined ? undefined : subjectOf(app, nearest);
}

async function subjectOf(app: App, { manifest, system }: LocalPlugin): Promise<Subject> {
  const uri = Uri.parse(manifest);
  return { manifest: uri, document: (await app.language.preview(uri))?.document ?? `${system}/manifest` };
}

async function askedFor(app: App): Promise<Subject | undefined> {
  const known = await knownPlugins(app);
  const plugins = known.filter(({ system }) => PREVIEWS.some((row) => row.system === system));
  if (plugins.length === 0) {
    void window.showInformationMessage(
      "There is no plugin here to preview. Open a manifest, or the folder of a plugin.",
    );
    return undefined;
  }
  const rows = plugins.map((plugin) => ({
    label: plugin.name,
    description: `${systemTitle(plugin.system)} · ${workspace.asRelativePath(Uri.parse(plugin.manifest))}`,
    detail: PREVIEWS.find((row) => row.system === plugin.system)?.title ?? "",
    plugin,
  }));
  const options = { title: "Preview", placeHolder: "Which plugin?", matchOnDescription: true };
  const chosen = await window.showQuickPick(rows, options);
  return chosen && subjectOf(app, chosen.plugin);
}
