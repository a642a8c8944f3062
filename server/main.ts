// Starts the language server: over stdio with --stdio, else over the IPC channel that VS Code's client opens.

import { setFlagsFromString } from "node:v8";
import { keepCompiled } from "./compiled.js";

/**
 * A keystroke is a millisecond's work, and most of what runs for it never becomes hot enough to be worth optimized machine
 * code; made late, that costs half of the processor time and a tenth of the memory less. What is thrown away with each keystroke
 * need not be kept as long as V8 would: collected by the megabyte, it costs as much time and a third less memory.
 */
const FLAGS = "--interrupt-budget=1081344 --semi-space-growth-factor=1 --heap-growing-percent=60";

if (process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
  // Before anything is compiled: what is kept holds for the very flags that it was made with.
  setFlagsFromString(FLAGS);
  keepCompiled(__dirname);
  void import("./lsp/connect.js").then(({ startServer }) => startServer());
} else {
  console.error("plugsmith: how is the client to be spoken to? Start the language server with --stdio");
  process.exitCode = 2;
}
