// The sending half of a deployment or a rollback: check, upload, reload, verify, record. Each stage asks the signal, and whatever stops it
// says what the host has by then.
import type { Finding, PluginHost, Reloaded, Uploaded, Verdict } from "../hosts/host.js";
import { cancelled, HostError, withHostNow } from "../hosts/hostError.js";
import type { Ledger } from "../ledger/ledger.js";
import { stops } from "../pack/findings.js";
import type { Shipment } from "../pack/shipment.js";
import { afterUpload } from "./askedAfter.js";
import { lookForConflict, overwriteRefused } from "./conflict.js";
import { contentsLeft } from "./left.js";
import { notOffered, stopped } from "./refusals.js";
import { repaired, withKnownCause } from "./repair.js";

export type DeployStep = "package" | "check" | "upload" | "reload" | "verify" | "repair";

export interface DeliverOptions {
  readonly host: PluginHost;
  readonly action: "deploy" | "rollback";
  readonly signal: AbortSignal;
  /** Go on in spite of errors that the host's check found; harmful names are refused all the same. */
  readonly force?: boolean;
  /** Replace what somebody else has put there since. */
  readonly overwrite?: boolean;
  readonly ledger?: Ledger;
  readonly onStep?: (step: DeployStep, text: string) => void;
}

export interface Delivered {
  readonly shipment: Shipment;
  readonly uploaded: Uploaded;
  readonly verdict: Verdict;
  /** What did not stop the deployment and is worth knowing. */
  readonly findings: readonly Finding[];
  /** Set when the history could not be written: the deployment stands, a rollback is not possible. */
  readonly notRecorded?: HostError;
}

/** The sending half: check, upload, reload, verify, record. */
export async function deliver(
  options: DeliverOptions,
  packed: Shipment,
  before: readonly Finding[] = [],
): Promise<Delivered> {
  const { host, signal, onStep } = options;
  const name = packed.name;
  const canLoad = host.reload !== undefined || host.loadsAtOnce === true;
  const methods = canLoad && host.verify !== undefined ? { reload: host.reload, verify: host.verify } : undefined;
  // What was uploaded alone can be taken back alone.
  if (host.upload === undefined || (methods === undefined && options.action !== "rollback")) throw notOffered(host);
  onStep?.("check", `asking ${host.config.name}`);
  const onHost = (await host.check?.(packed, signal)) ?? [];
  if (stops(onHost) && options.force !== true) throw stopped("check", onHost, "nothing was sent");
  const findings = [...before, ...onHost];
  if (options.overwrite !== true) await stopAtConflict(options, packed);
  if (signal.aborted) throw cancelled("deployment", "the host has what it had; nothing was sent");
  onStep?.("upload", `sending ${packed.bytes} bytes`);
  const uploaded = await sent(options, host.upload, packed);
  // Sending may have added to it what a rollback needs.
  const shipment = uploaded.shipment ?? packed;
  const verdict = methods === undefined ? leftToLoad(host) : await activated(options, methods, shipment);
  const proven = methods === undefined ? verdict : await withKnownCause(options, name, findings, verdict);
  const result = methods === undefined ? "sent" : verdict.state === "verified" ? "verified" : "notLoaded";
  const why = proven.state === "verified" ? {} : { reason: proven.reason, code: proven.code };
  const notRecorded = await recorded(options, name, { result, shipment, ...why });
  return { shipment, uploaded, verdict: proven, findings, ...(notRecorded === undefined ? {} : { notRecorded }) };
}

function leftToLoad({ config }: PluginHost): Verdict {
  return {
    state: "notLoaded",
    code: "plugsmith/not-loaded",
    reason: `its files are on "${config.name}", which can't be told to load them from here`,
    next: "reload or restart it by its own means",
  };
}

/** Asked again right before sending, however long ago the plan was shown. */
async function stopAtConflict({ host, ledger, signal }: DeliverOptions, shipment: Shipment): Promise<void> {
  const { name: plugin, contents } = shipment;
  const found = await lookForConflict({ host, plugin, contents, signal, ...(ledger === undefined ? {} : { ledger }) });
  if (found.state === "other") throw overwriteRefused(plugin, found);
}

interface Methods {
  readonly reload: PluginHost["reload"];
  readonly verify: NonNullable<PluginHost["verify"]>;
}

async function sent(
  options: DeliverOptions,
  upload: NonNullable<PluginHost["upload"]>,
  shipment: Shipment,
): Promise<Uploaded> {
  try {
    return await upload(shipment, options.signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const now = await afterUpload(options.host, shipment, error);
    const result = { result: "failed" as const, reason: error.message, shipment };
    await recorded(options, shipment.name, result);
    throw now === undefined ? error : withHostNow(error, now);
  }
}

async function activated(options: DeliverOptions, methods: Methods, shipment: Shipment): Promise<Verdict> {
  const { signal, onStep } = options;
  const name = shipment.name;
  const there = `the host has the files of "${name}"`;
  if (signal.aborted)
    throw await halted(
      options,
      shipment,
      cancelled("deployment", `${there} and was not told to load them: reload to load them, or remove the plugin`),
    );
  const { reload, verify } = methods;
  let reloaded: Reloaded | undefined;
  try {
    if (reload !== undefined && options.host.loadsAtOnce !== true) {
      onStep?.("reload", "reloading");
      reloaded = await reload(signal);
    }
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.kind === "cancelled") {
      throw await halted(
        options,
        shipment,
        withHostNow(error, `${there}; ${error.hostNow ?? "it may be reloading: refresh to see whether it runs"}`),
      );
    }
    if (error.isAsBefore) {
      await recorded(options, name, { result: "failed", shipment, reason: error.message });
      throw error;
    }
    const repair = await repaired(options, name, error);
    if (repair !== undefined) return repair;
    const now = error.hostNow ?? `${there} and ${reloadWords(error)}`;
    throw await halted(options, shipment, withHostNow(error, now));
  }
  onStep?.("verify", "reading back");
  try {
    return await verify(shipment, reloaded, signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw await halted(
      options,
      shipment,
      withHostNow(error, `${there} and reloaded; whether it runs "${name}" was not read back: refresh to see`),
    );
  }
}

function reloadWords({ answerLost }: HostError): string {
  return answerLost
    ? "may have loaded them, or be loading them: refresh to see whether it runs them, and reload where it doesn't"
    : "was not reloaded: reload to load them, or remove the plugin";
}

async function halted(options: DeliverOptions, shipment: Shipment, error: HostError): Promise<HostError> {
  await recorded(options, shipment.name, { result: "sent", shipment, reason: error.message });
  return error;
}

async function recorded(
  options: DeliverOptions,
  name: string,
  what: {
    readonly result: "sent" | "verified" | "notLoaded" | "failed";
    readonly shipment: Shipment;
    readonly reason?: string;
    readonly code?: string;
  },
): Promise<HostError | undefined> {
  try {
    const left = what.result === "failed" || options.ledger === undefined ? {} : await contentsLeft(options.host, name);
    await options.ledger?.record(options.host.config, name, { action: options.action, ...what, ...left });
    return undefined;
  } catch (error) {
    if (error instanceof HostError) return error;
    throw error;
  }
}
