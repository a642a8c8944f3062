#!/usr/bin/env node
// The `plugsmith` terminal command: hands the arguments to `run` and ends with its exit code. Nothing else is decided here.

import process from "node:process";
import { keepCompiled } from "../../server/compiled.js";

// Until the run says otherwise: what ends without a word was not done.
process.exitCode = 1;
keepCompiled(__dirname, { brief: true });
void start();

async function start(): Promise<void> {
  const [{ run }, { terminal }] = await Promise.all([import("./run.js"), import("./terminal.js")]);
  // Not process.exit: what was written has to leave the pipe first.
  process.exitCode = await run(process.argv.slice(2), terminal(process));
}
