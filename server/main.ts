// Starts the language server: over stdio with --stdio, else over the IPC channel that VS Code's client opens.

import { keepCompiled } from "./compiled.js";

if (process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
  keepCompiled(__dirname);
  void import("./lsp/connect.js").then(({ startServer }) => startServer());
} else {
  console.error("plugsmith: how is the client to be spoken to? Start the language server with --stdio");
  process.exitCode = 2;
}
