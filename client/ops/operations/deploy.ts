// Package, upload, reload, verify: one plugin from its folder to a host, with a truthful end.
import path from "node:path";
import { systemTitle, withArticle } from "../../../server/service/index.js";
import type { Finding, PluginHost, SystemId } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { claimsOn, packerOf } from "../hosts/index.js";
import type { Ledger } from "../ledger/ledger.js";
import { archiveName } from "../pack/archiveName.js";
import { type DiagnosticLike, stops } from "../pack/findings.js";
import type { Tools } from "../pack/packer.js";
import type { PackPlan } from "../pack/plan.js";
import type { Shipment } from "../pack/shipment.js";
import { type Delivered, type DeployStep, deliver } from "./deliver.js";
import { stopped } from "./refusals.js";

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
  /** Replace what somebody else has put on the host since. */
  readonly overwrite?: boolean;
  readonly ledger?: Ledger;
  /** For packages that the user's own programs make. */
  readonly tools?: Tools;
  readonly onStep?: (step: DeployStep, text: string) => void;
}

export async function deploy(options: DeployOptions): Promise<Delivered> {
  const { shipment, findings } = await packageFor({ ...options, system: options.host.config.system });
  return deliver({ ...options, action: "deploy" }, shipment, findings);
}

/** The packaging half: plan, preflight, archive. */
export async function packageFor(
  options: Omit<DeployOptions, "host"> & { readonly system: SystemId; readonly host?: PluginHost },
): Promise<{ readonly plan: PackPlan; readonly shipment: Shipment; readonly findings: readonly Finding[] }> {
  options.onStep?.("package", "packing");
  if (typeof options.plugin === "string") await mustBeOf(options.plugin, options.system, options.host);
  const packer = packerOf(options.system);
  const { signal, tools, host } = options;
  const packingFor = { ...(tools && { tools }), ...(host && { host: host.config }) };
  const plan =
    typeof options.plugin === "string"
      ? await packer.plan(options.plugin, { exclude: options.exclude ?? [], signal, ...packingFor })
      : options.plugin;
  const findings = await packer.preflight(plan, options.diagnostics ?? []);
  if (stops(findings) && options.force !== true) throw stopped("package", findings, "nothing was packed or sent");
  const file = path.join(options.archives, archiveName(plan));
  const onStep = (text: string) => options.onStep?.("package", text);
  return { plan, shipment: await packer.write(plan, { file, signal, onStep, ...packingFor }), findings };
}

/** A folder that is clearly another system's is told of as that, and not by what it lacks. */
async function mustBeOf(folder: string, system: SystemId, host: PluginHost | undefined): Promise<void> {
  const claims = await claimsOn(folder);
  const [claimed] = claims;
  if (claimed === undefined || claims.includes(system)) return;
  const own = withArticle(systemTitle(system));
  const wanted = host === undefined ? `${own} package` : `the ${systemTitle(system)} host "${host.config.name}"`;
  throw new HostError({
    kind: "refused",
    step: "package",
    message: `"${path.basename(folder)}" is ${withArticle(systemTitle(claimed))} plugin and nothing for ${wanted}; nothing was packed or sent`,
    next: `choose a host of ${systemTitle(claimed)}, or a folder with ${own} plugin`,
  });
}
