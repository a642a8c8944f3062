// What a host has right after we changed it, for the conflict stop of the next time. Asked for shortly, and never a reason to fail.
import type { PluginHost } from "../hosts/host.js";
import { HostError } from "../hosts/hostError.js";

const patience = 15_000;

export async function contentsLeft(host: PluginHost, plugin: string): Promise<{ readonly hostContents?: string }> {
  try {
    const there = await host.fingerprint?.(plugin, AbortSignal.timeout(patience));
    return there?.contents === undefined ? {} : { hostContents: there.contents };
  } catch (error) {
    if (error instanceof HostError) return {};
    throw error;
  }
}
