#!/usr/bin/env node
// The `plugsmith` terminal command: hands the arguments to `run` and ends with its exit code. Nothing else is decided here.

import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { keepCompiled } from "../../server/compiled.js";

/**
 * Of thousands of files nearly all is soon of no use. Left to itself V8 keeps 32 MiB for what is new and lets the rest grow to several
 * times what is needed; collected by the megabyte it takes as much time and a third of the memory less.
 */
const FLAGS = "--semi-space-growth-factor=1 --heap-growing-percent=60";

// Until the run says otherwise: what ends without a word was not done.
process.exitCode = 1;
// Before anything is compiled: what is kept holds for the very flags that it was made with.
setFlagsFromString(FLAGS);
keepCompiled(__dirname, { brief: true });
void start();

async function start(): Promise<void> {
  const [{ run }, { terminal }] = await Promise.all([import("./run.js"), import("./terminal.js")]);
  // Not process.exit: what was written has to leave the pipe first.
  process.exitCode = await run(process.argv.slice(2), terminal(process));
}
