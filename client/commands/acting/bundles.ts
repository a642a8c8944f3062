// What can be done with a bundle of the history beside sending it again: saved as a file, compared with the files here.

import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import { Uri, window } from "vscode";
import type { App } from "../../app.js";
import { archiveName, filesOfArchive, HostError, type LedgerEntry } from "../../ops/index.js";
import { run } from "../run.js";
import { pickPlugin, targetOf } from "../target.js";
import { planned } from "./plan.js";
import { entryWords } from "./rollback.js";

export async function saveBundle(app: App, argument: unknown): Promise<string | undefined> {
  const meant = await bundleMeant(app, argument);
  if (meant === undefined) return undefined;
  const { entry, file } = meant;
  const name = archiveName({ name: entry.plugin, ...(entry.version === undefined ? {} : { version: entry.version }) });
  const filters = { "Plugin archive": ["tgz"] };
  const title = `Save ${entry.plugin}, ${entryWords(entry)}`;
  const to = await window.showSaveDialog({ defaultUri: Uri.file(name), filters, saveLabel: "Save", title });
  if (to === undefined) return undefined;
  const act = { name: `save a bundle of ${entry.plugin}`, title: `Saving ${name}`, quick: true, cancellable: false };
  return run(app, act, async () => {
    await copyFile(file, to.fsPath).catch((cause: unknown) => {
      const message = `${path.basename(to.fsPath)} can't be written there`;
      throw new HostError({ kind: "tool", step: "history", message, next: "choose another folder", cause });
    });
    return to.fsPath;
  });
}

export async function compareBundle(app: App, argument: unknown): Promise<boolean> {
  const meant = await bundleMeant(app, argument);
  if (meant === undefined) return false;
  const { entry, file } = meant;
  const plugin = await pickPlugin(app, { plugin: entry.plugin, root: targetOf(argument).root }, "Compare with");
  const found = plugin === undefined ? undefined : await planned(app, plugin, undefined, "problems too");
  if (found === undefined) return false;
  const act = { name: `compare ${entry.plugin}`, title: `Comparing "${entry.plugin}"`, quick: true };
  const sides = await run(app, act, async () => {
    const sent = (await filesOfArchive(file)).map(async (one) => ({ path: one.path, bytes: await one.read() }));
    const here = found.plan.files.map(async (one) => ({
      path: one.path,
      bytes: await readFile(path.join(found.plan.folder, one.path)),
    }));
    return { sent: await Promise.all(sent), here: await Promise.all(here) };
  });
  if (sides === undefined) return false;
  await app.showDifferences(`${entry.plugin}: ${entryWords(entry)} ↔ here`, sides.sent, sides.here);
  return true;
}

async function bundleMeant(
  app: App,
  argument: unknown,
): Promise<{ readonly entry: LedgerEntry; readonly file: string } | undefined> {
  const { host, plugin, entry: id } = targetOf(argument);
  const row = host === undefined ? undefined : app.rows.named(host);
  const entries = row === undefined || plugin === undefined ? [] : await app.ledger.history(row, plugin);
  const entry = entries.find((one) => one.id === id);
  const file = entry === undefined ? undefined : app.ledger.bundle(entry);
  if (entry !== undefined && file !== undefined) return { entry, file };
  void window.showInformationMessage("This bundle is not kept any more.");
  return undefined;
}
