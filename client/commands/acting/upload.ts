// "Upload": sends a plugin, or an archive, and leaves what the host runs as it is until a reload.

import { commands, Uri, window } from "vscode";
import type { App } from "../../app.js";
import {
  type Finding,
  type HostConfig,
  type PackPlan,
  packerOf,
  type Shipment,
  uploadPlugin as send,
  type Uploaded,
} from "../../ops/index.js";
import { sentence } from "../../sentence.js";
import { run } from "../run.js";
import { ofItsSystem, pickHost, pickPlugin, type Target, targetOf } from "../target.js";
import { agree } from "./agree.js";
import { packing } from "./deploy.js";
import { planned } from "./plan.js";

export async function uploadPlugin(app: App, argument: unknown): Promise<Uploaded | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "upload", "Upload", ofItsSystem(app, target));
  const source = host === undefined ? undefined : await sourceOf(app, target, host);
  if (host === undefined || source === undefined) return undefined;
  const { name, shipment, pack, findings } = source;
  const force = source.force || target.force === "yes";
  const own = { ...(pack && { pack }), ...(findings && { findings }) };
  const agreed = await agree(app, { host, intent: { operation: "upload", shipment }, force, target, ...own });
  if (agreed === undefined) return undefined;
  const act = { name: `upload ${name} to ${host.name}`, title: `Uploading "${name}" to "${host.name}"`, host };
  const sent = await run(app, act, ({ signal, step }) => {
    step(`sending ${shipment.bytes} bytes`);
    const { overwrite } = agreed;
    return send({ host: app.connect(host), shipment, signal, ledger: app.ledger, force: agreed.force, overwrite });
  });
  await app.store.refresh(host.name);
  await app.board.rejoin();
  const canReload = app.connect(host).reload !== undefined;
  if (sent !== undefined) tell(host, sent.uploaded, sent.notRecorded?.message, canReload);
  return sent?.uploaded;
}

interface Source {
  readonly name: string;
  readonly shipment: Shipment;
  readonly pack?: PackPlan;
  readonly findings?: readonly Finding[];
  readonly force: boolean;
}

async function sourceOf(app: App, target: Target, host: HostConfig): Promise<Source | undefined> {
  if (target.file !== undefined) return archiveSource(app, target.file, host);
  const plugin = await pickPlugin(app, target, `Upload to ${host.name}`, host.system);
  const found = plugin === undefined ? undefined : await planned(app, plugin, host);
  if (plugin === undefined || found === undefined) return undefined;
  const packed = await packing(app, plugin, host, found);
  if (packed === undefined) return undefined;
  const { plan: pack, findings, force } = found;
  return { name: plugin.name, shipment: packed.shipment, pack, findings, force };
}

async function archiveSource(app: App, file: string, host: HostConfig): Promise<Source | undefined> {
  const name = Uri.file(file).path.split("/").at(-1) ?? file;
  const act = { name: `open ${name}`, title: `Opening ${name}`, quick: true };
  const shipment = await run(app, act, () => packerOf(host.system).open(file));
  if (shipment === undefined) return undefined;
  return { name, shipment, findings: packerOf(host.system).judge(shipment), force: false };
}

function tell(
  host: HostConfig,
  { name, version }: Uploaded,
  notRecorded: string | undefined,
  canReload: boolean,
): void {
  const reload = "Reload";
  const what = `The files of "${name}"${version === undefined ? "" : ` ${version}`} are on "${host.name}".`;
  const lost = notRecorded === undefined ? "" : ` ${sentence(notRecorded)}`;
  const until = canReload ? "a reload" : "it is reloaded or restarted by its own means";
  const text = `${what} ${sentence(`it runs what it ran before until ${until}`)}${lost}`;
  void window
    .showInformationMessage(text, ...(canReload ? [reload] : []))
    .then((choice) => choice === reload && commands.executeCommand("plugsmith.reload", { host: host.name }));
}
