// The language server on the streams that the process arguments name: `--stdio`, `--node-ipc`, `--socket=N`, `--pipe=P`.

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../../package.json";
import { serve } from "./serve.js";

export function startServer(): void {
  serve(createConnection(ProposedFeatures.all), version);
}
