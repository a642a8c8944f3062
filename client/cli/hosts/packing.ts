// From a plugin's folder or an archive to what can be sent: the checker's problems, the packing plan and the archive together.

import fs from "node:fs/promises";
import path from "node:path";
import { SYSTEMS } from "../../../server/service/index.js";
import {
  adapters,
  claimsOn,
  type DiagnosticLike,
  type Finding,
  inTemporary,
  type PackPlan,
  type PluginHost,
  packageFor,
  packerOf,
  type Shipment,
  type SystemId,
} from "../../ops/index.js";
import { check } from "../check/check.js";
import { type Call, Misuse } from "../command.js";
import { excludes, settingsAbove } from "../settings.js";
import { hostIo } from "./choose.js";

/** The plugin's folder, made absolute. */
export async function pluginFolder({ terminal }: Call, operand: string): Promise<string> {
  const folder = path.resolve(terminal.cwd, operand);
  const stat = await fs.stat(folder).catch(() => undefined);
  if (stat === undefined) throw new Misuse(`there is no folder "${operand}"`);
  if (!stat.isDirectory()) throw new Misuse(`"${operand}" is a file; name the folder that holds the manifest`);
  return folder;
}

/** Options for packing the folder that come from its settings and from the checker. */
export async function packOptions(call: Call, folder: string) {
  return {
    plugin: folder,
    exclude: excludes(settingsAbove(folder)?.values),
    diagnostics: await diagnosticsOf(call, folder),
    signal: call.signal,
    force: call.on("force"),
    tools: hostIo(call),
  };
}

/** With --raise-version, before anything is packed. */
export async function raisedVersion({ on, terminal }: Call, system: SystemId, folder: string): Promise<void> {
  if (!on("raise-version") || on("dry-run")) return;
  const { raiseVersion } = packerOf(system);
  if (raiseVersion === undefined) throw new Misuse(`--raise-version is not for ${system} plugins`);
  const { file, from, to } = await raiseVersion(folder);
  terminal.note(`raised the version in ${terminal.shown(file)} from ${from} to ${to}`);
}

/** Of the manifests at the folder's top. A second manifest that no host reads says nothing. */
async function diagnosticsOf({ terminal, signal }: Call, folder: string): Promise<readonly DiagnosticLike[]> {
  const names: readonly string[] = await fs.readdir(folder).catch(() => []);
  const kinds = SYSTEMS.flatMap(({ documents }) => documents);
  const manifests = names
    .filter((name) => kinds.some((kind) => kind.fits(path.join(folder, name))))
    .filter((name) => name !== "manifest.yml" || !names.includes("manifest.yaml"));
  if (manifests.length === 0) return [];
  const { report } = await check(
    manifests.map((name) => path.join(folder, name)),
    terminal,
    signal,
  );
  return report.files.flatMap(({ path: at, diagnostics }) =>
    diagnostics.map(({ severity, code, message, range: { start: position } }) => {
      const file = path.basename(at);
      return { severity, code, message, file, position };
    }),
  );
}

/** Whose plugin the folder is: `--system`, else what its files say. */
export async function systemOf(call: Call, folder: string): Promise<SystemId> {
  const claims = await claimsOn(folder);
  const named = call.value("system");
  const known = adapters.find(({ system }) => system === named)?.system;
  if (known !== undefined) return known;
  if (named !== undefined) throw new Misuse(`there is no system "${named}"`);
  const [only, other] = claims;
  // A folder without a manifest is told of as a Buntime plugin that lacks one.
  if (only === undefined) return "buntime";
  if (other === undefined) return only;
  throw new Misuse(`the folder is a plugin of ${claims.join(" and of ")}; say which with --system`);
}

/** Where the settings of an operand are looked for: a folder itself, or the folder of an archive. */
export function settingsFolder({ terminal }: Call, operand: string): string {
  const at = path.resolve(terminal.cwd, operand);
  return /\.(tgz|tar\.gz)$/.test(at) ? path.dirname(at) : at;
}

export interface Packed {
  readonly shipment: Shipment;
  /** How a folder was packed. */
  readonly plan?: PackPlan;
  readonly findings: readonly Finding[];
}

/** A folder is packed into `archives` as the host's system wants it; an archive is read. */
export async function packed(call: Call, host: PluginHost, operand: string, archives: string): Promise<Packed> {
  const { system } = host.config;
  const at = path.resolve(call.terminal.cwd, operand);
  const stat = await fs.stat(at).catch(() => undefined);
  if (stat === undefined) throw new Misuse(`there is no file or folder "${operand}"`);
  if (!stat.isDirectory()) return { shipment: await packerOf(system).open(at), findings: [] };
  return packageFor({ ...(await packOptions(call, at)), host, system, archives });
}

/** A folder for archives that are needed for one run only. */
export function withArchives<Answer>(work: (archives: string) => Promise<Answer>): Promise<Answer> {
  return inTemporary({ step: "package", what: "the archive" }, work);
}
