// How a service is made to read its plugins anew: it has no route for that, so it is started again.

import { findExecutable } from "../../transports/executables.js";
import { mustRun, type Run } from "../../transports/process.js";
import type { Change } from "../host.js";

export interface Restart {
  /** In words, for the plan. */
  readonly what: string;
  /** What it changes beside, given the file with PLUGINS as it would read. */
  foresee?(plugins: string, signal: AbortSignal): Promise<readonly Change[]>;
  run(signal: AbortSignal): Promise<void>;
  /** Where the user's own program is; rejects where it can't be found. */
  find?(): Promise<string>;
}

const longest = 10 * 60_000;

/** The user's own command, as the host's row has it. */
export function restartBy(words: readonly string[], run: Run): Restart {
  const [command = "", ...args] = words;
  return {
    what: words.join(" "),
    find: () => findExecutable(command, { step: "doctor" }),
    run: async (signal) => {
      const next = "look at what the command said, and at the service's own log";
      await mustRun(run, { step: "reload", command, args, timeout: longest, signal }, next);
    },
  };
}
