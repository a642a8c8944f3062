// The language server on the streams that the process arguments name: `--stdio`, `--node-ipc`, `--socket=N`, `--pipe=P`.

import { Console } from "node:console";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../../package.json";
import { serve } from "./serve.js";
import { wholeMessages } from "./wholeMessages.js";

export function startServer(): void {
  const { all } = ProposedFeatures;
  if (!process.argv.includes("--stdio")) {
    serve(createConnection(all), version);
    return;
  }
  // Whatever a package prints must not come between two messages.
  globalThis.console = new Console(process.stderr);
  serve(createConnection(all, process.stdin, wholeMessages(process.stdout)), version);
}
