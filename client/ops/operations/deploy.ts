// Package, upload, reload, verify: one plugin from its folder to a host, with a truthful end. Each stage asks the signal, and whatever
// stops it says what the host has by then. A reload that a broken plugin hangs or breaks is repaired by taking that plugin out again.
import path from "node:path";
import type { Finding, PluginHost, Reloaded, Uploaded, Verdict } from "../hosts/host.js";
import { cancelled, HostError, withHostNow } from "../hosts/hostError.js";
import type { Ledger } from "../ledger/ledger.js";
import { archiveName, writeArchive } from "../pack/archive.js";
import { type PackPlan, planPackage } from "../pack/plan.js";
import { type DiagnosticLike, preflight, stops } from "../pack/preflight.js";
import type { Shipment } from "../pack/shipment.js";

export type DeployStep = "package" | "check" | "upload" | "reload" | "verify" | "repair";

export interface DeployOptions {
  readonly host: PluginHost;
  /** The plugin's folder, or a plan that was shown before. */
  readonly plugin: string | PackPlan;
  /** Folder for the archive. */
  readonly archives: string;
  readonly signal: AbortSignal;
  readonly exclude?: readonly string[];
  readonly diagnostics?: readonly DiagnosticLike[];
  /** Go on in spite of errors that preflight or the host's check found; harmful names are refused all the same. */
  readonly force?: boolean;
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

export async function deploy(options: DeployOptions): Promise<Delivered> {
  const { shipment, findings } = await packageFor(options);
  return deliver({ ...options, action: "deploy" }, shipment, findings);
}

/** The packaging half: plan, preflight, archive. */
export async function packageFor(
  options: Omit<DeployOptions, "host">,
): Promise<{ readonly plan: PackPlan; readonly shipment: Shipment; readonly findings: readonly Finding[] }> {
  options.onStep?.("package", "packing");
  const plan =
    typeof options.plugin === "string"
      ? await planPackage(options.plugin, { exclude: options.exclude ?? [], signal: options.signal })
      : options.plugin;
  const findings = await preflight(plan, options.diagnostics);
  if (stops(findings) && options.force !== true) throw stopped("package", findings, "nothing was packed or sent");
  const file = path.join(options.archives, archiveName(plan));
  return { plan, shipment: await writeArchive(plan, { file, signal: options.signal }), findings };
}

export interface DeliverOptions extends Omit<DeployOptions, "plugin" | "archives" | "exclude" | "diagnostics"> {
  readonly action: "deploy" | "rollback";
}

/** The sending half: check, upload, reload, verify, record. */
export async function deliver(
  options: DeliverOptions,
  shipment: Shipment,
  before: readonly Finding[] = [],
): Promise<Delivered> {
  const { host, signal, onStep } = options;
  const name = shipment.manifest.name ?? "";
  if (host.upload === undefined || host.reload === undefined || host.verify === undefined) throw notOffered(host);
  onStep?.("check", `asking ${host.config.name}`);
  const onHost = (await host.check?.(shipment, signal)) ?? [];
  if (stops(onHost) && options.force !== true) throw stopped("check", onHost, "nothing was sent");
  const findings = [...before, ...onHost];
  if (signal.aborted) throw cancelled("deployment", "the host has what it had; nothing was sent");
  onStep?.("upload", `sending ${shipment.bytes} bytes`);
  const uploaded = await sent(options, host.upload, shipment);
  const { reloaded, verdict } = await activated(
    options,
    { upload: host.upload, reload: host.reload, verify: host.verify },
    shipment,
  );
  const result = verdict.state === "verified" ? "verified" : "notLoaded";
  const reason = verdict.state === "verified" ? reloadedNote(reloaded) : verdict.reason;
  const notRecorded = await recorded(options, name, { result, shipment, ...(reason === undefined ? {} : { reason }) });
  return { shipment, uploaded, verdict, findings, ...(notRecorded === undefined ? {} : { notRecorded }) };
}

type Methods = Required<Pick<PluginHost, "upload" | "reload" | "verify">>;

async function sent(options: DeliverOptions, upload: Methods["upload"], shipment: Shipment): Promise<Uploaded> {
  try {
    return await upload(shipment, options.signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    const now =
      error.kind === "cancelled" || error.kind === "unreachable"
        ? await afterUnsureUpload(options, shipment)
        : error.hostNow;
    const result = { result: "failed" as const, reason: error.message, shipment };
    await recorded(options, shipment.manifest.name ?? "", result);
    throw now === undefined ? error : withHostNow(error, now);
  }
}

async function activated(
  options: DeliverOptions,
  methods: Methods,
  shipment: Shipment,
): Promise<{ readonly reloaded: Reloaded | undefined; readonly verdict: Verdict }> {
  const { signal, onStep } = options;
  const name = shipment.manifest.name ?? "";
  const there = `the host has the files of "${name}"`;
  if (signal.aborted)
    throw await halted(
      options,
      shipment,
      cancelled("deployment", `${there} and was not told to load them: reload to load them, or remove the plugin`),
    );
  onStep?.("reload", "reloading");
  let reloaded: Reloaded | undefined;
  try {
    reloaded = await methods.reload(signal);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.kind === "cancelled") {
      throw await halted(
        options,
        shipment,
        withHostNow(error, `${there} and may be reloading: refresh to see whether it runs`),
      );
    }
    if (brokeByPlugin(error)) return { reloaded: undefined, verdict: await repaired(options, name, error) };
    throw await halted(
      options,
      shipment,
      withHostNow(error, `${there} and was not reloaded: reload to load them, or remove the plugin`),
    );
  }
  onStep?.("verify", "reading back");
  try {
    return { reloaded, verdict: await methods.verify(shipment, reloaded, signal) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw await halted(
      options,
      shipment,
      withHostNow(error, `${there} and reloaded; whether it runs "${name}" was not read back: refresh to see`),
    );
  }
}

/** A reload that never answers or fails inside: the new plugin is the likely cause, and every plugin is unloaded until it goes. */
function brokeByPlugin(error: HostError): boolean {
  return error.timedOut || error.status === 500;
}

async function repaired(options: DeliverOptions, name: string, error: HostError): Promise<Verdict> {
  const { host, signal, onStep } = options;
  const hung = error.timedOut;
  const reason = hung
    ? `the host's reload did not answer after "${name}" was sent: its entry probably does not parse, or its start never ends`
    : `the host's reload failed after "${name}" was sent: its manifest probably has dependencies that are not a list`;
  if (host.remove === undefined)
    throw withHostNow(error, "its plugins may all be unloaded: remove the plugin and reload");
  onStep?.("repair", `taking "${name}" out again`);
  try {
    await host.remove(name, signal);
  } catch (cause) {
    const now = `its plugins may all be unloaded, and taking "${name}" out again failed: remove it on the host and reload`;
    throw withHostNow(error, cause instanceof HostError ? `${now} (${cause.message})` : now);
  }
  const next = "correct it and deploy again, or roll back to the bundle before it";
  return {
    state: "notLoaded",
    code: hung ? "buntime/reload-hung" : "buntime/reload-failed",
    reason: `${reason}; it was removed again and the other plugins are back`,
    next,
  };
}

/** After an upload whose end was not seen: what does the host list? Asked on a signal of its own, shortly. */
async function afterUnsureUpload(options: DeliverOptions, shipment: Shipment): Promise<string> {
  const name = shipment.manifest.name ?? "";
  const unknown = `it is not known whether the host has the files of "${name}"; it runs what it ran before until a reload`;
  try {
    const plugins = await options.host.list?.(AbortSignal.timeout(5000));
    const found = plugins?.find((plugin) => plugin.name === name);
    if (plugins === undefined) return unknown;
    if (found === undefined) return `the host does not have "${name}"`;
    return `the host has files of "${name}", the former or the new ones; it runs what it ran before until a reload`;
  } catch {
    return unknown;
  }
}

async function halted(options: DeliverOptions, shipment: Shipment, error: HostError): Promise<HostError> {
  await recorded(options, shipment.manifest.name ?? "", { result: "sent", shipment, reason: error.message });
  return error;
}

async function recorded(
  options: DeliverOptions,
  name: string,
  what: {
    readonly result: "sent" | "verified" | "notLoaded" | "failed";
    readonly shipment: Shipment;
    readonly reason?: string;
  },
): Promise<HostError | undefined> {
  try {
    await options.ledger?.record(options.host.config, name, { action: options.action, ...what });
    return undefined;
  } catch (error) {
    if (error instanceof HostError) return error;
    throw error;
  }
}

function reloadedNote(reloaded: Reloaded | undefined): string | undefined {
  return reloaded === undefined ? "not reloaded" : undefined;
}

export function stopped(step: string, findings: readonly Finding[], now: string): HostError {
  const errors = findings.filter((finding) => finding.severity === "error");
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new HostError({
    kind: "refused",
    step,
    message: `${errors[0]?.message ?? "the plugin has problems"}${more}`,
    next: `${now}; correct the problems and try again`,
  });
}

export function notOffered(host: PluginHost): HostError {
  return new HostError({
    kind: "unsupported",
    step: "deployment",
    message: `plugins can't be deployed to ${host.config.system} hosts from here yet`,
    next: "use the way of the system's own guide",
  });
}
