// What every runner of the extension-host suites does alike: a fresh copy of the suite's workspace, and the variables that
// tell the suite what to run.
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { inProject, root } from "../support/root.mjs";
import { hostScenarios } from "../testing/testFiles.mjs";
import { vsixPath } from "./vsix.mjs";

/** Calls `runOne` for each window of suites, one after the other, and answers the worst exit code. */
export async function forEachScenario({ scenario, grep }, runOne) {
  const vsix = vsixPath();
  if (!existsSync(vsix)) throw new Error(`${vsix} does not exist; make it by "npm run package"`);
  const chosen = hostScenarios(scenario);
  if (chosen.length === 0) throw new Error(scenario ? `there is no suite "${scenario}"` : "there are no suites");
  let worst = 0;
  for (const { name, workspace, files } of chosen) {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "plugsmith-suite-")));
    try {
      cpSync(workspace, folder, { recursive: true }); // tests write into it
      const env = {
        PLUGSMITH_ROOT: root,
        PLUGSMITH_TEST_FILES: files.join("\n"),
        PLUGSMITH_GREP: grep ?? "",
        PLUGSMITH_TEST_RESULTS: process.env.PLUGSMITH_TEST_RESULTS ?? "",
      };
      const extension = inProject("test", "vscode", "carrier");
      const tests = inProject("out", "test", "vscode", "hostRun.js");
      worst = Math.max(worst, await runOne({ name, extension, tests, folder, vsix, env }));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return worst;
}
