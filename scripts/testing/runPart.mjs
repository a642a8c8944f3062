// Runs one part of `npm test` within its time and says what came of it, as counts.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { run } from "../support/processes.mjs";
import { inProject, root } from "../support/root.mjs";

/** Answers `{ passed, failed, skipped, reason? }`. A part that breaks off counts as one failure more. */
export async function runPart(part, seconds) {
  if (part.skip) return { passed: 0, failed: 0, skipped: 1, reason: part.skip };
  if (part.impossible) return { passed: 0, failed: 1, skipped: 0, reason: part.impossible };
  if (seconds < 1) return { passed: 0, failed: 1, skipped: 0, reason: "no time was left for it" };
  const results = inProject("artifacts", "results", `${part.name.replaceAll(/\W+/g, "-")}.jsonl`);
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const [command, ...args] = part.command;
  const env = { ...process.env, ...part.env, PLUGSMITH_TEST_RESULTS: results };
  const { code, timedOut } = await run(command, args, { cwd: root, env, seconds });
  const trouble = timedOut ? `ended after ${seconds} s, before it was through` : `ended with exit code ${code}`;
  if (part.counts === "command") {
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0, reason: trouble };
  }
  const counts = countsIn(results);
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1, reason: `no test ran; ${trouble}` };
  // Mocha's exit code is the number of failures; without one the run broke off.
  if (timedOut || (code !== 0 && counts.failed === 0)) return { ...counts, failed: counts.failed + 1, reason: trouble };
  return counts;
}

function countsIn(file) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  for (const line of lines.filter((text) => text.endsWith("}"))) counts[JSON.parse(line).state]++;
  return counts;
}
