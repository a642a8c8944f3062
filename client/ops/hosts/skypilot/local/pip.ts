// Installs into and takes out of the server's own Python, with that Python's pip.
import path from "node:path";
import { mustRun } from "../../../transports/process.js";
import type { LocalServer } from "./server.js";

export interface Install {
  readonly wheel: string;
  /** The same version is there with other contents, which pip would otherwise keep. */
  readonly anew: boolean;
}

export async function pipInstall(server: LocalServer, { wheel, anew }: Install, step: string, signal: AbortSignal) {
  const more = anew ? ["--force-reinstall", "--no-deps"] : [];
  await pip(server, ["install", ...quiet, ...more, wheel], step, signal);
}

export async function pipUninstall(server: LocalServer, distribution: string, step: string, signal: AbortSignal) {
  await pip(server, ["uninstall", "-y", "--disable-pip-version-check", distribution], step, signal);
}

const quiet = ["--no-input", "--disable-pip-version-check"] as const;

async function pip(server: LocalServer, args: readonly string[], step: string, signal: AbortSignal): Promise<void> {
  const command = await server.python(step);
  const cwd = path.parse(server.directory).root;
  const request = { step, command, args: ["-m", "pip", ...args], signal, timeout: 600_000, cwd };
  await mustRun(server.run, request, "correct what pip complains of, then try again");
}
