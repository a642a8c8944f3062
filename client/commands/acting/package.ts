// "Package": shows the plan, then writes a reproducible archive where the user says.

import path from "node:path";
import { commands, env, Uri, window } from "vscode";
import type { App } from "../../app.js";
import { archiveName, packerOf, type Shipment, sizeWords } from "../../ops/index.js";
import { run } from "../run.js";
import { mayAct, pickPlugin, targetOf } from "../target.js";
import { confirmPlan, type Planned, planned, planTitle, totals } from "./plan.js";

export async function packagePlugin(app: App, argument: unknown): Promise<Shipment | undefined> {
  if (!mayAct()) return undefined;
  const target = targetOf(argument);
  const plugin = await pickPlugin(app, target, "Package");
  if (plugin === undefined) return undefined;
  const found = await planned(app, plugin);
  if (found === undefined) return undefined;
  // A caller who names the file has answered both questions.
  const file = target.file ?? (await askForFile(app, found));
  if (file === undefined) return undefined;
  const act = { name: `package ${plugin.name}`, title: `Packing "${plugin.name}"` };
  const shipment = await run(app, act, ({ signal, step }) =>
    packerOf(plugin.system).write(found.plan, { file, signal, onStep: step, tools: app.tools() }),
  );
  if (shipment !== undefined) tell(found, shipment);
  return shipment;
}

async function askForFile(app: App, found: Planned): Promise<string | undefined> {
  const title = `Package ${planTitle(found.plan)}`;
  if (!(await confirmPlan(app, found, title, "Package"))) return undefined;
  const beside = path.join(path.dirname(found.plan.folder), archiveName(found.plan));
  const filters = { "Plugin archive": ["tgz"] };
  const uri = await window.showSaveDialog({ defaultUri: Uri.file(beside), filters, saveLabel: "Package", title });
  return uri?.fsPath;
}

function tell({ plan }: Planned, { path: file, bytes, sha256 }: Shipment): void {
  const [reveal, copy] = ["Reveal in File Manager", "Copy Path"] as const;
  const text = `${path.basename(file)} is packed: ${totals(plan)}, ${sizeWords(bytes)} as archive, SHA-256 ${sha256.slice(0, 12)}….`;
  void window.showInformationMessage(text, reveal, copy).then(async (choice) => {
    if (choice === reveal) await commands.executeCommand("revealFileInOS", Uri.file(file));
    if (choice === copy) await env.clipboard.writeText(file);
  });
}
