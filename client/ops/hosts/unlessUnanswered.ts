// A question to a host after an act that went wrong, when the act's own signal may be spent and an answer is no longer certain.
import { HostError } from "./hostError.js";

/** Asks on a signal of its own, which ends after `patience` milliseconds; undefined where the host does not answer. */
export async function unlessUnanswered<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  patience: number,
): Promise<T | undefined> {
  try {
    return await ask(AbortSignal.timeout(patience));
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
