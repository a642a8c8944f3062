// The built language server as an editor drives it: a child process over stdio, every request as a method, and waiting
// for notifications with a deadline instead of sleeping.

import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { PassThrough } from "node:stream";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { InitializationOptions } from "../../server/protocol.js";
import { fromRoot } from "../harness/root.js";

export interface RunningServer {
  readonly connection: ProtocolConnection;
  readonly child: ChildProcess;
  readonly initialized: InitializeResult;
  /** Everything published so far. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** What it asked the client for. */
  registered(): Promise<RegistrationParams>;
  open(uri: string, text: string, version?: number, languageId?: string): void;
  change(uri: string, version: number, changes: Change[]): void;
  /** The newest diagnostics of a version of a file, once they are there. */
  diagnostics(uri: string, version?: number): Promise<readonly Diagnostic[]>;
  /** What `look` finds, asked again after every published list of problems. */
  until<T>(what: string, look: () => T | undefined): Promise<T>;
  /** What is sent within reaches the server all at once. */
  inOneWrite<T>(send: () => T): Promise<T>;
  /** Ends it as an editor does; answers the exit code. */
  stop(): Promise<number | null>;
}

export interface Change {
  /** The whole text when absent. */
  readonly range?: { start: { line: number; character: number }; end: { line: number; character: number } };
  readonly text: string;
}

export const PATIENCE = 8000;

export async function startServer(
  options: InitializationOptions = {},
  more: Partial<InitializeParams> = {},
  file = fromRoot("dist", "server.js"),
): Promise<RunningServer> {
  const child = spawn(process.execPath, [file, "--stdio"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const look of [...waiting]) look();
  });
  const registered = new Promise<RegistrationParams>((resolve) => {
    connection.onRequest("client/registerCapability", (params: RegistrationParams) => {
      resolve(params);
      return null;
    });
  });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: CAPABILITIES,
    initializationOptions: options,
    ...more,
  });
  await connection.sendNotification("initialized", {});

  return {
    connection,
    child,
    initialized,
    published,
    registered: () => registered,
    open: (uri, text, version = 1, languageId = /\.json$/.test(uri) ? "json" : "yaml") =>
      void connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version, text } }),
    change: (uri, version, contentChanges) =>
      void connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges }),
    diagnostics: (uri, version) =>
      waitFor(`diagnostics of ${uri}${version === undefined ? "" : ` version ${version}`}`, () => {
        const found = published.findLast(
          (one) => one.uri === uri && (version === undefined || one.version === version),
        );
        return found?.diagnostics;
      }),
    until: waitFor,
    inOneWrite: async (send) => {
      const { stdin } = child;
      const { write } = stdin;
      const held = new PassThrough();
      stdin.write = held.write.bind(held);
      const sent = send();
      // Messages are written in turn, so those before this one have been.
      await connection.sendNotification("$/setTrace", { value: "off" });
      stdin.write = write;
      stdin.write(held.read());
      return sent;
    },
    stop: async () => {
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      const code = await ended;
      connection.dispose();
      return code;
    },
  };

  function waitFor<T>(what: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`no ${what} within ${PATIENCE} ms`))), PATIENCE);
      const check = () => {
        const found = look();
        if (found !== undefined) end(() => resolve(found));
      };
      const end = (settle: () => void) => {
        clearTimeout(timer);
        waiting.delete(check);
        settle();
      };
      waiting.add(check);
      check();
    });
  }
}

export const CAPABILITIES: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { versionSupport: true, codeDescriptionSupport: true, relatedInformation: true },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
  },
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true, configuration: false },
};
