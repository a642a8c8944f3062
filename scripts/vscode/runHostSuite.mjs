#!/usr/bin/env node
// Runs the extension-host suites against the installed .vsix: each folder of test/vscode/host is one suite with a window
// and a workspace of its own.     node scripts/vscode/runHostSuite.mjs [--build 4.100.3] [--scenario name] [--grep text]
import process from "node:process";
import { parseArgs } from "node:util";
import { endWithUs } from "../support/processes.mjs";
import { say } from "../support/steps.mjs";
import { newestBuild } from "./builds.mjs";
import { runHostTests } from "./hostTests.mjs";
import { forEachScenario } from "./scenarios.mjs";

const { values } = parseArgs({
  options: { build: { type: "string" }, scenario: { type: "string" }, grep: { type: "string" } },
});

endWithUs();
process.exitCode = await forEachScenario(values, async ({ name, extension, tests, folder, vsix, env }) => {
  say(`suite "${name}"`);
  const { build } = values;
  const fewBuiltIns = build !== newestBuild; // beside all of them it runs there
  return runHostTests({ name, extension, tests, folder, env, install: [vsix], build, fewBuiltIns, seconds: 300 });
});
