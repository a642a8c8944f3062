// The beginning of one connection: it answers `initialize` with what the server can do, before anything that does it is loaded.

import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { CAPABILITIES } from "./capabilities.js";

export function serve(connection: Connection, version: string): void {
  let given: InitializeParams = { processId: null, rootUri: null, capabilities: {} };
  connection.onInitialize((params) => {
    given = params;
    return { serverInfo: { name: "plugsmith", version }, capabilities: CAPABILITIES };
  });
  connection.onInitialized(async () => {
    // In the bundle this is done before the next message is looked at, so none is lost.
    const { start } = await import("./start.js");
    start(connection, given);
  });
  connection.listen();
}
