// The truth after a deployment or a way back, as one message with the next steps.

import { env, Uri, window } from "vscode";
import type { App } from "../../app.js";
import type { Delivered, HostConfig, ReplicaOutcome } from "../../ops/index.js";
import { sentence } from "../../sentence.js";

export function tellDelivered(app: App, host: HostConfig, plugin: string, delivered: Delivered): void {
  const { verdict, shipment, uploaded, notRecorded, findings } = delivered;
  const failed = failedReplicas(uploaded.replicas);
  const [page, hosts, log] = ["Open Page", "Show in Hosts", "Show Log"] as const;
  const version = shipment.version === undefined ? "" : ` ${shipment.version}`;
  const lost = notRecorded === undefined ? "" : ` ${sentence(notRecorded.message)} ${sentence(notRecorded.next)}`;
  if (verdict.state === "notLoaded") {
    app.log.warn(`${plugin} is not loaded on ${host.name}: ${verdict.code}: ${verdict.reason}; ${verdict.next}`);
    const text =
      sentence(`"${plugin}" is not loaded on "${host.name}": ${verdict.reason}; ${verdict.next}`) + failed + lost;
    void window.showErrorMessage(text, hosts, log).then((choice) => follow(app, host, plugin, choice, undefined));
    return;
  }
  const address = app.connect(host).address?.(verdict.plugin);
  const where = verdict.plugin.base === undefined ? "" : ` at ${verdict.plugin.base}`;
  const note = verdict.note === undefined ? "" : ` ${sentence(verdict.note)}`;
  const warnings = findings
    .filter((finding) => finding.severity === "warning")
    .map((finding) => ` ${sentence(finding.message)}`);
  const text = `"${plugin}"${version} is loaded on "${host.name}"${where}.${note}${warnings.join("")}${failed}${lost}`;
  const choices = address === undefined ? [hosts] : [page, hosts];
  const show =
    note + failed + lost === "" && warnings.length === 0 ? window.showInformationMessage : window.showWarningMessage;
  void show(text, ...choices).then((choice) => follow(app, host, plugin, choice, address));
}

/** " On pod-1: it could not be reached." for each replica that failed. */
export function failedReplicas(replicas: readonly ReplicaOutcome[] | undefined): string {
  return (replicas ?? [])
    .filter(({ ok }) => !ok)
    .map(({ replica, message }) => ` On ${replica}: ${sentence(message)}`)
    .join("");
}

async function follow(
  app: App,
  host: HostConfig,
  plugin: string,
  choice: string | undefined,
  address: string | undefined,
) {
  if (choice === "Open Page" && address !== undefined) await env.openExternal(Uri.parse(address));
  if (choice === "Show in Hosts") await app.reveal(host.name, plugin);
  if (choice === "Show Log") app.log.show(true);
}
