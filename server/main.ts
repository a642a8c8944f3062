// Starts the language server: over stdio with --stdio, else over the IPC channel that VS Code's client opens.

import { setFlagsFromString } from "node:v8";
import { keepCompiled } from "./compiled.js";

/**
 * A keystroke is a millisecond's work, and most of what runs for it never becomes hot enough to be worth optimized machine
 * code; made late, that costs half of the processor time and a tenth of the memory less.
 */
const OPTIMIZE_LATE = "--interrupt-budget=270336";

if (process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
  // Before anything is compiled: what is kept holds for the very flags that it was made with.
  setFlagsFromString(OPTIMIZE_LATE);
  keepCompiled(__dirname);
  void import("./lsp/connect.js").then(({ startServer }) => startServer());
} else {
  console.error("plugsmith: how is the client to be spoken to? Start the language server with --stdio");
  process.exitCode = 2;
}
