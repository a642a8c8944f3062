// Waits for a condition with a deadline, for what happens outside of this process.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";

export async function until(holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `it did not happen within ${seconds} s: ${holds}`);
    await setTimeout(20);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
