// Where the terminal keeps what it sent: bundles for a rollback, and their history. Of the user, not of a workspace.

import os from "node:os";
import path from "node:path";
import { type Ledger, openLedger } from "../../ops/index.js";
import type { Terminal } from "../terminal.js";

export function history({ env }: Terminal): Ledger {
  return openLedger(path.join(stateFolder(env), "history"));
}

/** PLUGSMITH_HOME, else the place that the system has for such data. */
function stateFolder({ PLUGSMITH_HOME, XDG_STATE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (PLUGSMITH_HOME) return path.resolve(PLUGSMITH_HOME);
  if (process.platform === "win32") return path.join(LOCALAPPDATA || os.homedir(), "plugsmith");
  if (process.platform === "darwin") return path.join(os.homedir(), "Library", "Application Support", "plugsmith");
  return path.join(XDG_STATE_HOME || path.join(os.homedir(), ".local", "state"), "plugsmith");
}
