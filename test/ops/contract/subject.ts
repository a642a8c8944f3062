// What the contract wants of an adapter's test: a host that already has a plugin, the next version of it, and a look behind the
// adapter's back at what the host really has. One file in `subjects/` for each way to a host.

import { isDeepStrictEqual } from "node:util";
import type { Executables, HostConfig, HostTimeouts, Shipment } from "../../../client/ops/index.js";
import type { Run } from "../../../client/ops/transports/process.js";
import type { Files } from "../support/places.js";
import { treeOf } from "../support/pluginFiles.js";

export type Step = "request" | "program";

/** The credential that the host is reached with; it must turn up nowhere. */
export const planted = "btk_planted-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZab";

export interface Subject {
  /** "Buntime by its management API". */
  readonly title: string;
  /** What its way is made of. */
  readonly does: readonly Step[];
  /** Why this machine can't run it; told aloud. */
  lacking?(): Promise<string | undefined>;
  open(): Promise<Stage>;
}

export type Held = "nothing" | "former" | "new" | "half";

export interface Stage {
  /** Surroundings of the programs that the adapter runs: a kubeconfig, a PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** Programs that stand in for the real ones. */
  readonly executables?: Executables;
  /** Answers what is not to go wrong sooner than the programs themselves would. */
  readonly swift?: (run: Run) => Run;
  readonly config: HostConfig;
  readonly timeouts?: Partial<HostTimeouts>;
  /** The plugin's files change places as a whole, so that not even a killed writer leaves half of them. */
  readonly isExchanged?: true;
  /** The next version of the plugin that is there. */
  readonly next: Shipment;
  /** The plugin by the name that its host knows. */
  readonly plugin: string;
  /** What the host really has, read past the adapter. */
  held(): Promise<Held>;
  /** What the host really runs, for hosts that may come down. */
  runs?(): Held;
  /** What a broken-off act left beside the plugins; after one that succeeds there is none. */
  leftovers?(): Promise<readonly string[]>;
  /** Puts the former version back, past the adapter. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** For `held`: which of two versions lies in a folder, all of it. */
export async function heldIn(folder: string, former: Files, next: Files): Promise<Held> {
  const now = await treeOf(folder).catch(() => ({}));
  if (Object.keys(now).length === 0) return "nothing";
  const same = (files: Files) => isDeepStrictEqual(sorted(now), sorted(files));
  return same(former) ? "former" : same(next) ? "new" : "half";
}

function sorted(files: Files) {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}
