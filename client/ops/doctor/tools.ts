// The user's own programs that a host's way needs: where they are found, and in which version.
import type { Check, HostConfig, HostIo } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";
import { adapters } from "../hosts/index.js";
import { findExecutable, type Tool } from "../transports/executables.js";
import { runOf } from "../transports/process.js";

export async function toolChecks(config: HostConfig, io: HostIo, signal: AbortSignal): Promise<readonly Check[]> {
  const own = adapters.find(({ system }) => system === config.system)?.tools ?? [];
  const wanted = new Set<Tool>([...own, ...(config.kubernetes === undefined ? [] : ["kubectl" as const])]);
  return Promise.all([...wanted].map((tool) => toolCheck(tool, io, signal)));
}

async function toolCheck(tool: Tool, io: HostIo, signal: AbortSignal): Promise<Check> {
  const { executables } = io;
  try {
    const place = await findExecutable(tool, { step: "doctor", ...(executables ? { executables } : {}) });
    return { name: tool, state: "good", detail: `${place}${await versionOf(tool, io, signal)}` };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { name: tool, state: "attention", detail: error.message, next: error.next };
  }
}

async function versionOf(tool: Tool, io: HostIo, signal: AbortSignal): Promise<string> {
  const args = tool === "kubectl" ? ["version", "--client"] : ["--version"];
  try {
    const { out, err } = await runOf(io)({ step: "doctor", command: tool, args, signal, timeout: 15_000 });
    const line = (out.trim() === "" ? err : out).trim().split("\n", 1)[0] ?? "";
    return line === "" ? "" : `, ${line.slice(0, 120)}`;
  } catch (error) {
    if (error instanceof HostError && error.kind !== "cancelled") return " (it does not tell its version)";
    throw error;
  }
}
