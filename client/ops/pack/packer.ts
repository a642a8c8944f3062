// What a system does with a plugin's folder before anything is sent: claim it, plan, judge, write the one file, read one back.
// One row of the adapters' table has one. Types only.

import type { Finding, HostConfig, HostIo, Offered } from "../hosts/host.js";
import type { DiagnosticLike } from "./findings.js";
import type { PackPlan, PlanOptions } from "./plan.js";
import type { Shipment } from "./shipment.js";

/** For systems whose package is made with the user's own programs, or depends on the host that it is for. */
export interface PackingFor {
  /** The host that it is packed for, where one is chosen. */
  readonly host?: HostConfig;
  /** How programs are run; the real ones unless told. */
  readonly tools?: Tools;
}

export type Tools = Pick<HostIo, "run" | "executables" | "log">;

export interface WriteOptions extends PackingFor {
  /** Where the file goes; an existing one is replaced. */
  readonly file: string;
  readonly signal?: AbortSignal;
  /** One step of a longer build, in words. */
  readonly onStep?: (text: string) => void;
}

export interface Packer {
  /** True when the folder holds a plugin of this system, by the names and contents of its files. Reads, never throws. */
  claims(folder: string): Promise<boolean>;
  /** What goes in and what stays out, by which rule. Writes nothing. */
  plan(folder: string, options: PlanOptions & PackingFor): Promise<PackPlan>;
  /** Everything that can be known here about whether a host would take and load it; errors first. */
  preflight(plan: PackPlan, diagnostics: readonly DiagnosticLike[]): Promise<readonly Finding[]>;
  /** Makes the file. It stands there whole or not at all. */
  write(plan: PackPlan, options: WriteOptions): Promise<Shipment>;
  /** Reads a file that `write` made, now or long ago. */
  open(file: string): Promise<Shipment>;
  /** What of the shipment itself a host would refuse or suffer from. */
  judge(shipment: Shipment): readonly Finding[];
  /** The pages and menus that the shipment brings. */
  offers?(shipment: Shipment): Offered;
  /** Writes the next version into the plugin's own files, for hosts that pass over a version that they have seen. */
  raiseVersion?(folder: string): Promise<{ readonly file: string; readonly from: string; readonly to: string }>;
}
