#!/usr/bin/env node
// `npm run test:desktop`: the extension-host suites by the standard runner, @vscode/test-electron, in a desktop VS Code.
// Where none can be had, it says so and uses the server build, by the same runner.
//   VSCODE_EXECUTABLE=/path/to/code   this copy, not a download      VSCODE_VERSION=1.100.3   this version, not stable
//   VSCODE_TEST_RUNTIME=desktop       no fallback                    VSCODE_TEST_RUNTIME=server   do not try desktop
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { ensureInstalled } from "./support/install.mjs";
import { endWithUs, mustRun } from "./support/processes.mjs";
import { inProject, root } from "./support/root.mjs";
import { say, step } from "./support/steps.mjs";

const shim = inProject("scripts", "vscode", "codeShim.mjs");

async function main() {
  await ensureInstalled();
  const { packageExtension } = await import("./package.mjs");
  await packageExtension();
  const compiler = inProject("node_modules", "typescript", "bin", "tsc");
  await step("compiling the tests", () => mustRun(process.execPath, [compiler, "-b"], { cwd: root }));
  const electron = await import("@vscode/test-electron");
  const { forEachScenario } = await import("./vscode/scenarios.mjs");
  const executable = await executableOf(electron);
  return forEachScenario({}, async ({ name, extension, tests, folder, vsix, env }) => {
    say(`suite "${name}"`);
    const profile = mkdtempSync(path.join(os.tmpdir(), "plugsmith-desktop-"));
    const data = [
      `--user-data-dir=${path.join(profile, "data")}`,
      `--extensions-dir=${path.join(profile, "extensions")}`,
    ];
    try {
      if (executable !== shim) installInto(electron, executable, data, vsix);
      await electron.runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: extension,
        extensionTestsPath: tests,
        launchArgs: [folder, ...data, "--disable-workspace-trust", "--skip-welcome", "--password-store=basic"],
        extensionTestsEnv: { ...env, PLUGSMITH_VSIX: vsix },
      });
      return 0;
    } catch (error) {
      console.error(error.message ?? error);
      return 1;
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

async function executableOf({ downloadAndUnzipVSCode }) {
  const { VSCODE_EXECUTABLE, VSCODE_TEST_RUNTIME, VSCODE_VERSION = "stable" } = process.env;
  if (VSCODE_EXECUTABLE) return VSCODE_EXECUTABLE;
  if (VSCODE_TEST_RUNTIME === "server") return shim;
  try {
    return await downloadAndUnzipVSCode({
      version: VSCODE_VERSION,
      cachePath: inProject(".vscode-test"),
      timeout: 15_000,
    });
  } catch (error) {
    if (VSCODE_TEST_RUNTIME === "desktop") throw error;
    say(`desktop VS Code can't be had (${error.message ?? error}); using the server build`);
    return shim;
  }
}

function installInto({ resolveCliPathFromVSCodeExecutablePath }, executable, data, vsix) {
  const cli = resolveCliPathFromVSCodeExecutablePath(executable);
  const { status } = spawnSync(cli, [...data, "--install-extension", vsix], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${cli} could not install the extension`);
}

endWithUs();
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message ?? error);
  process.exitCode = 1;
}
