// The packing plan: what goes into a package, by which rule the rest stays out, and what forbids packing, whatever the system.
// Data, and the one digest that tells whether two packages hold the same.
import { createHash } from "node:crypto";
import type { Finding, SystemId } from "../hosts/host.js";
import type { GitOrigin } from "./origin.js";

export interface PlannedFile {
  /** Relative to the plugin's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The rule that took it in; empty when nothing spoke against it. */
  readonly rule: string;
}

export interface LeftOut {
  /** Ends in `/` for a whole folder. */
  readonly path: string;
  readonly rule: string;
}

export interface PackPlan {
  readonly folder: string;
  readonly system: SystemId;
  /** The plugin's name as its host will call it, where its manifest has one. */
  readonly name?: string;
  readonly version?: string;
  readonly files: readonly PlannedFile[];
  readonly leftOut: readonly LeftOut[];
  readonly bytes: number;
  /** Digest of paths and contents. */
  readonly contents: string;
  /** Errors forbid packing. */
  readonly findings: readonly Finding[];
  readonly origin?: GitOrigin;
  /** What is run to make the package (a wheel's build, an image's), one sentence each. */
  readonly steps?: readonly string[];
}

export interface PlanOptions {
  /** Further globs to leave out, with the meaning they have in `.gitignore`. */
  readonly exclude?: readonly string[];
  readonly signal?: AbortSignal;
}

/** One digest over paths and contents: equal for equal plugins, whatever packed them. */
export function contentsDigest(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.path}\0${file.sha256}\n`);
  return hash.digest("hex");
}
