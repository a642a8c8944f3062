// "Upload": sends a plugin, or an archive, and leaves what the host runs as it is until a reload.

import { commands, Uri, window } from "vscode";
import type { App } from "../app.js";
import { type HostConfig, HostError, packageFor, packerOf, type Shipment, stops, type Uploaded } from "../ops/index.js";
import { sentence } from "../sentence.js";
import { confirmAct, confirmSending } from "./confirm.js";
import { planned } from "./plan.js";
import { type Operation, run } from "./run.js";
import { pickHost, pickPlugin, type Target, targetOf } from "./target.js";

export async function uploadPlugin(app: App, argument: unknown): Promise<Uploaded | undefined> {
  const target = targetOf(argument);
  const host = await pickHost(app, target, "upload", "Upload");
  if (host === undefined) return undefined;
  const source = await sourceOf(app, target, host);
  if (source === undefined) return undefined;
  const act = {
    name: `upload ${source.name} to ${host.name}`,
    title: `Uploading "${source.name}" to "${host.name}"`,
    host,
  };
  const uploaded = await run(app, act, async (operation) =>
    send(app, host, await source.shipment(operation), operation),
  );
  await app.store.refresh(host.name);
  await app.board.rejoin();
  if (uploaded !== undefined) tell(host, uploaded);
  return uploaded;
}

interface Source {
  readonly name: string;
  shipment(operation: Operation): Promise<Shipment>;
}

async function sourceOf(app: App, target: Target, host: HostConfig): Promise<Source | undefined> {
  if (target.file !== undefined) return archiveSource(target.file, host);
  const plugin = await pickPlugin(app, target, `Upload to ${host.name}`);
  const found = plugin === undefined ? undefined : await planned(app, plugin);
  if (plugin === undefined || found === undefined) return undefined;
  if (!(await confirmSending(app, found, host, "Upload"))) return undefined;
  const { plan, force } = found;
  return {
    name: plugin.name,
    shipment: async ({ signal }) =>
      (await packageFor({ system: plan.system, plugin: plan, archives: app.archives, signal, force })).shipment,
  };
}

async function archiveSource(file: string, host: HostConfig): Promise<Source | undefined> {
  const name = Uri.file(file).path.split("/").at(-1) ?? file;
  const go = await confirmAct(host, `Upload ${name} to ${host.name}?`, [], { verb: "Upload", ask: "sharedToo" });
  return go ? { name, shipment: () => packerOf(host.system).open(file) } : undefined;
}

async function send(app: App, host: HostConfig, shipment: Shipment, { signal, step }: Operation): Promise<Uploaded> {
  const adapter = app.connect(host);
  step("asking the host");
  const findings = (await adapter.check?.(shipment, signal)) ?? [];
  const [first] = findings.filter((finding) => finding.severity === "error");
  if (adapter.upload === undefined || (first !== undefined && stops(findings))) {
    const message = first?.message ?? `"${host.name}" takes no uploads`;
    throw new HostError({
      kind: "refused",
      step: "upload",
      message,
      next: "nothing was sent; correct this and try again",
    });
  }
  step(`sending ${shipment.bytes} bytes`);
  const uploaded = await adapter.upload(shipment, signal);
  await app.ledger.record(host, uploaded.name, { action: "upload", result: "sent", shipment });
  return uploaded;
}

function tell(host: HostConfig, { name, version }: Uploaded): void {
  const reload = "Reload";
  const what = `The files of "${name}"${version === undefined ? "" : ` ${version}`} are on "${host.name}".`;
  const text = `${what} ${sentence("it runs what it ran before until a reload")}`;
  void window
    .showInformationMessage(text, reload)
    .then((choice) => choice === reload && commands.executeCommand("plugsmith.reload", { host: host.name }));
}
