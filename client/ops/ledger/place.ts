// Where what was sent is kept: of the user, not of a workspace, and the same for the editor and the terminal, so that each knows what
// the other has sent.
import os from "node:os";
import path from "node:path";

export function historyFolder(env: NodeJS.ProcessEnv): string {
  return path.join(stateFolder(env), "history");
}

/** PLUGSMITH_HOME, else the place that the system has for such data. */
function stateFolder({ PLUGSMITH_HOME, XDG_STATE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (PLUGSMITH_HOME) return path.resolve(PLUGSMITH_HOME);
  if (process.platform === "win32") return path.join(LOCALAPPDATA || os.homedir(), "plugsmith");
  if (process.platform === "darwin") return path.join(os.homedir(), "Library", "Application Support", "plugsmith");
  return path.join(XDG_STATE_HOME || path.join(os.homedir(), ".local", "state"), "plugsmith");
}
