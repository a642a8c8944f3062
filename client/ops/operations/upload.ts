// Sends an archive without loading it: checked against the host first, written down after. A reload makes it run.
import type { Finding, PluginHost, Uploaded } from "../hosts/host.js";
import { HostError, withHostNow } from "../hosts/hostError.js";
import { packerOf } from "../hosts/index.js";
import type { Ledger } from "../ledger/ledger.js";
import { stops } from "../pack/findings.js";
import type { Shipment } from "../pack/shipment.js";
import { afterUpload } from "./askedAfter.js";
import { lookForConflict, overwriteRefused } from "./conflict.js";
import { contentsLeft } from "./left.js";
import { notOffered, stopped } from "./refusals.js";

export interface UploadOptions {
  readonly host: PluginHost;
  readonly shipment: Shipment;
  readonly signal: AbortSignal;
  readonly force?: boolean;
  /** Replace what somebody else has put on the host since. */
  readonly overwrite?: boolean;
  readonly ledger?: Ledger;
}

export async function uploadPlugin(
  options: UploadOptions,
): Promise<{ readonly uploaded: Uploaded; readonly findings: readonly Finding[]; readonly notRecorded?: HostError }> {
  const { host, shipment, signal, ledger } = options;
  if (host.upload === undefined) throw notOffered(host);
  const onHost = (await host.check?.(shipment, signal)) ?? [];
  const findings = [...packerOf(shipment.system).judge(shipment), ...onHost];
  if (stops(findings) && options.force !== true) throw stopped("upload", findings, "nothing was sent");
  if (options.overwrite !== true) {
    const { name: plugin, contents } = shipment;
    const question = { host, plugin, contents, signal, ...(ledger === undefined ? {} : { ledger }) };
    const found = await lookForConflict(question);
    if (found.state === "other") throw overwriteRefused(plugin, found);
  }
  const uploaded = await host.upload(shipment, signal).catch(async (error: unknown) => {
    if (!(error instanceof HostError)) throw error;
    const now = await afterUpload(host, shipment, error);
    const failed = { action: "upload", result: "failed", reason: error.message, shipment } as const;
    // What went wrong is told; that it can't be noted down besides is of less weight.
    await ledger?.record(host.config, shipment.name, failed).catch(() => undefined);
    throw now === undefined ? error : withHostNow(error, now);
  });
  try {
    await ledger?.record(host.config, shipment.name || uploaded.name, {
      action: "upload",
      result: "sent",
      shipment: uploaded.shipment ?? shipment,
      ...(ledger === undefined ? {} : await contentsLeft(host, shipment.name || uploaded.name)),
    });
    return { uploaded, findings };
  } catch (error) {
    if (error instanceof HostError) return { uploaded, findings, notRecorded: error };
    throw error;
  }
}
