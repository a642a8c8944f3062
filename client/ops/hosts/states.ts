// What a plugin's state on a host means for those who ask whether it runs.
import type { PluginState } from "./host.js";

/** The host runs it, whether its files are still there or not. */
export function runs(state: PluginState): boolean {
  return state === "loaded" || state === "lingering";
}
