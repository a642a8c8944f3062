// What packaging makes and an upload takes: one file with what is to be known of it, whatever the system. Data only; what one system
// adds to it (its manifest, its images) stands in that system's own extension of `Shipment`.

import type { SystemId } from "../../../server/service/index.js";
import type { GitOrigin } from "./origin.js";

export interface Shipment {
  readonly system: SystemId;
  /** The plugin's name as its host calls it; empty where the manifest has none. */
  readonly name: string;
  readonly version?: string;
  /** The one file on disk that is sent, that the history keeps, and that a rollback sends again. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Digest of the members alone; equal contents have equal digests whatever packed them. */
  readonly contents: string;
  /** Member paths, sorted, without the leading folder of the archive. */
  readonly entries: readonly string[];
  readonly origin?: GitOrigin;
}
