// Starts the language server: over stdio with --stdio, else over the IPC channel that VS Code's client opens.

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../package.json";
import { serve } from "./lsp/serve.js";

/** Serves on the streams that the process arguments name (`--stdio`, `--node-ipc`, `--socket=N`, `--pipe=P`). */
export function startServer(): void {
  serve(createConnection(ProposedFeatures.all), version);
}

if (require.main === module) {
  if (process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) startServer();
  else {
    console.error("plugsmith: how is the client to be spoken to? Start the language server with --stdio");
    process.exitCode = 2;
  }
}
