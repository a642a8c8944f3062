// The language server on the streams that the process arguments name: `--stdio`, `--node-ipc`, `--socket=N`, `--pipe=P`.

import { Console } from "node:console";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../../package.json";
import { serve } from "./serve.js";
import { StreamReader, StreamWriter } from "./streams.js";

export function startServer(): void {
  const { all } = ProposedFeatures;
  if (!process.argv.includes("--stdio")) {
    serve(createConnection(all), version);
    return;
  }
  // Whatever a package prints must not come between two messages.
  globalThis.console = new Console(process.stderr);
  const connection = createConnection(all, new StreamReader(process.stdin), new StreamWriter(process.stdout));
  const isShutDown = serve(connection, version);
  // A client that is gone without a word leaves no server behind.
  for (const end of ["end", "close"]) process.stdin.on(end, () => process.exit(isShutDown() ? 0 : 1));
}
