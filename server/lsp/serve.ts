// The beginning of one connection: it answers `initialize` with what the server can do, before anything that does it is loaded.

import type { Connection, InitializeParams } from "vscode-languageserver/node";
import { CAPABILITIES } from "./capabilities.js";

/** Answers whether the client has asked for the end. */
export function serve(connection: Connection, version: string): () => boolean {
  let isShutDown = false;
  let stop = () => {};
  let given: InitializeParams = { processId: null, rootUri: null, capabilities: {} };
  connection.onInitialize((params) => {
    given = params;
    return { serverInfo: { name: "plugsmith", version }, capabilities: CAPABILITIES };
  });
  connection.onInitialized(async () => {
    // In the bundle this is done before the next message is looked at, so none is lost.
    const { start } = await import("./start.js");
    stop = start(connection, given);
  });
  connection.onShutdown(() => {
    isShutDown = true;
    stop();
  });
  connection.listen();
  return () => isShutDown;
}
