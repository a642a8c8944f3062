// One finding of `doctor` that asks something: what can't be found out is a finding as well, with its reason.
import type { Check } from "./host.js";
import { errorText, HostError } from "./hostError.js";

export async function checked(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled") throw error;
    return { name, state: "bad", detail: errorText(error).replace(`; ${error.next}`, ""), next: error.next };
  }
}
