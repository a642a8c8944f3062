#!/usr/bin/env node
// Takes the place of the desktop executable: given to @vscode/test-electron as `vscodeExecutablePath`, it runs the suite on
// the server build with the same arguments, environment and exit code. What only Electron understands is ignored.
// PLUGSMITH_VSIX names an extension to install, VSCODE_SERVER_BUILD chooses the build.
import path from "node:path";
import process from "node:process";
import { endWithUs } from "../support/processes.mjs";
import { runHostTests } from "./hostTests.mjs";

const flags = new Map();
const folders = [];
for (const argument of process.argv.slice(2)) {
  const match = /^--([\w-]+)(?:=(.*))?$/s.exec(argument);
  if (match) flags.set(match[1], match[2] ?? "");
  else folders.push(argument);
}

const extension = flags.get("extensionDevelopmentPath");
const tests = flags.get("extensionTestsPath");
if (!extension || !tests) {
  console.error("codeShim: needs --extensionDevelopmentPath=… and --extensionTestsPath=…");
  process.exit(9);
}

endWithUs();
const vsix = process.env.PLUGSMITH_VSIX;
process.exitCode = await runHostTests({
  extension: path.resolve(extension),
  tests,
  folder: folders[0],
  install: vsix ? [vsix] : [],
  seconds: 300,
});
