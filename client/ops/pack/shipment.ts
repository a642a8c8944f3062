// What packaging makes and an upload takes: one archive with the facts that its manifest states.
// Data only.

import type { ManifestFacts } from "./manifest.js";
import type { GitOrigin } from "./origin.js";

export interface Shipment {
  readonly kind: "archive";
  readonly system: "buntime";
  /** The archive on disk. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Digest of the members alone; equal contents have equal digests whatever packed them. */
  readonly contents: string;
  /** Member paths without the `package/` prefix, sorted. */
  readonly entries: readonly string[];
  readonly manifest: ManifestFacts;
  readonly origin?: GitOrigin;
}
