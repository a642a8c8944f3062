// Medians, and what Linux says of a process: CPU time and resident memory. Elsewhere than on Linux those are unknown.
import { readdirSync, readFileSync } from "node:fs";

/** The value that a share of the others doesn't exceed: `quantile(times, 0.5)` is the median. */
function quantile(values, share) {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  if (known.length === 0) return undefined;
  const at = (known.length - 1) * share;
  const low = known[Math.floor(at)];
  return low + (known[Math.ceil(at)] - low) * (at % 1);
}

export const summary = (values) => ({ median: quantile(values, 0.5), p95: quantile(values, 0.95) });

/** Milliseconds of CPU that a process has used so far, over all its threads. */
export function cpuOf(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const used = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, "utf8").split(" ")[0]));
    return used.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return undefined;
  }
}

/** Resident memory in MiB. */
export function memoryOf(pid) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
