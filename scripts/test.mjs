#!/usr/bin/env node
// `npm test`: installs what is missing, runs every ring, and ends with one line of counts. A ring that fails does not keep
// the others from running. Only the install uses nothing but Node; so everything else is loaded after it.
//   node scripts/test.mjs [--ring check|1|2|3|4]…
import process from "node:process";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./support/install.mjs";
import { endWithUs } from "./support/processes.mjs";
import { say } from "./support/steps.mjs";

/** A usual run takes a quarter of it; what hangs, or a machine that crawls, ends all the same. */
const allowedSeconds = 70 * 60;

async function main() {
  const { values } = parseArgs({ options: { ring: { type: "string", multiple: true } } });
  await ensureInstalled();
  const { allParts, rings } = await import("./testing/parts.mjs");
  const { runPart } = await import("./testing/runPart.mjs");
  const chosen = values.ring ? ["build", ...values.ring] : rings;
  const unknown = chosen.find((ring) => !rings.includes(ring));
  if (unknown !== undefined) throw new Error(`there is no ring "${unknown}"; the rings are ${rings.join(", ")}`);

  const parts = allParts().filter(({ ring }) => chosen.includes(ring));

  const fetched = parts.some(({ ring }) => ring === "4") && fetchForWindows();
  const outcomes = new Map();
  const runOne = async (part) => {
    if (part.ring === "4") await fetched;
    say(`${titleOf(part.ring)}: ${part.name}`);
    const began = performance.now();
    const outcome = await runPart(part, Math.min(part.seconds, allowedSeconds - began / 1000));
    if (outcome.reason) say(`  ${part.name} ${part.skip ? "skipped" : "FAILED"}: ${outcome.reason}`);
    outcomes.set(part, { ...part, ...outcome, took: (performance.now() - began) / 1000 });
  };
  const runAll = async (some) => {
    for (const part of some) await runOne(part);
  };
  const twoAtATime = async (some) => {
    const queue = [...some];
    const lane = async () => {
      for (let part = queue.shift(); part; part = queue.shift()) await runOne(part);
    };
    await Promise.all([lane(), lane()]);
  };
  // Every part now computes, now waits for what it has started.
  const first = parts.filter(({ ring }) => ring === "build" || ring === "check");
  const others = parts.filter((part) => !first.includes(part));
  // The tests need what is compiled; the bundles and the formatter read the sources.
  const areTests = ({ counts }) => counts === "tests";
  await twoAtATime(first.filter((part) => !areTests(part)));
  await runAll(first.filter(areTests));
  if (parts.some(({ ring }) => ring === "1" || ring === "2")) {
    const { ensureKubectl } = await import("./testing/fetchKubectl.mjs"); // unpacks by what is compiled
    await ensureKubectl();
  }
  await twoAtATime(others);
  summarise(parts.map((part) => outcomes.get(part)));
}

/** Fetches while others compute; what can't be had is said by the parts that need it. */
async function fetchForWindows() {
  const { ensureBrowser } = await import("./vscode/browser.mjs");
  const { builds, canRun } = await import("./vscode/builds.mjs");
  const { ensureServer } = await import("./vscode/fetchServer.mjs");
  await ensureBrowser().catch(() => undefined);
  for (const id of Object.keys(builds).filter(canRun)) await ensureServer(id).catch(() => undefined);
}

function summarise(outcomes) {
  console.log("\nring     part                      passed failed skipped seconds");
  for (const { ring, name, passed, failed, skipped, took } of outcomes) {
    const numbers = [passed, failed, skipped].map((count) => String(count).padStart(6));
    console.log(`${ring.padEnd(8)} ${name.padEnd(25)} ${numbers.join(" ")} ${took.toFixed(1).padStart(8)}`);
  }
  const total = (count) => outcomes.reduce((sum, outcome) => sum + outcome[count], 0);
  const [passed, failed, skipped] = ["passed", "failed", "skipped"].map(total);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  if (failed > 0) process.exitCode = 1;
}

function titleOf(ring) {
  return /^\d$/.test(ring) ? `ring ${ring}` : ring;
}

endWithUs();
await main().catch((error) => {
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
});
