#!/usr/bin/env node
// The `plugsmith` terminal command: hands the arguments to `run` and ends with its exit code. Nothing else is decided here.

import process from "node:process";
import { run } from "./run.js";
import { terminal } from "./terminal.js";

// Until the run says otherwise: what ends without a word was not done.
process.exitCode = 1;
run(process.argv.slice(2), terminal(process)).then((code) => {
  // Not process.exit: what was written has to leave the pipe first.
  process.exitCode = code;
});
