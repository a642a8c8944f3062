// A workspace on a disk of its own for each test, and the built server over it.

import assert from "node:assert/strict";
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import type { ClientCapabilities, CodeAction, Diagnostic, Position } from "vscode-languageserver/node";
import { type InitializationOptions, PLUGINS } from "../../server/protocol.js";
import { ownFolder } from "./ownFolder.js";
import { CAPABILITIES, type RunningServer, startServer } from "./server.js";

export interface OpenWorkspace {
  readonly uriOf: (name: string) => string;
  readonly write: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
  readonly rename: (from: string, to: string) => void;
  /** Writes the files and starts a server; resolves once it has seen them all. */
  start(
    files: Readonly<Record<string, string>>,
    options?: InitializationOptions,
    capabilities?: ClientCapabilities,
  ): Promise<RunningServer>;
  /** A `textDocument/` request two characters into the first place of a text. */
  ask<T>(method: string, name: string, text: string, part: string, more?: object): Promise<T>;
  /** Paths in the workspace. */
  readonly names: (found: readonly { readonly uri: string }[]) => string[];
  /** The newest problems of a file, once they are as wanted. */
  told(uri: string, wanted: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  watched(changes: readonly { readonly name: string; readonly type: 1 | 2 | 3 }[]): Promise<void>;
}

/** To be called inside `describe`. */
export function openWorkspace(): OpenWorkspace {
  let server: RunningServer | undefined;
  afterEach(async () => {
    if (server?.child.exitCode === null) await server.stop();
    server = undefined;
  });
  // Goes once the server has ended.
  const own = ownFolder();
  const { at, write } = own;
  const running = (): RunningServer => server ?? assert.fail("no server was started");
  const uriOf = (name: string) => pathToFileURL(at(name)).href;
  return {
    uriOf,
    write,
    remove: (name) => fs.rmSync(at(name), { recursive: true }),
    rename: (from, to) => fs.renameSync(at(from), at(to)),
    start: async (files, options = {}, capabilities = CAPABILITIES) => {
      for (const [name, text] of Object.entries(files)) write(name, text);
      const root = pathToFileURL(own.path).href;
      server = await startServer(options, {
        rootUri: root,
        workspaceFolders: [{ uri: root, name: "w" }],
        capabilities,
      });
      await server.connection.sendRequest(PLUGINS);
      return server;
    },
    ask: (method, name, text, part, more = {}) => {
      const params = { textDocument: { uri: uriOf(name) }, position: positionOf(text, part), ...more };
      return running().connection.sendRequest(`textDocument/${method}`, params);
    },
    names: (found) => found.map(({ uri }) => uri.slice(pathToFileURL(own.path).href.length + 1)),
    told: (uri, wanted) => {
      const { until, published } = running();
      return until(`fitting problems of ${uri}`, () => {
        const newest = published.findLast((one) => one.uri === uri)?.diagnostics;
        return newest && wanted(newest) ? newest : undefined;
      });
    },
    watched: (changes) =>
      running().connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: changes.map(({ name, type }) => ({ uri: uriOf(name), type })),
      }),
  };
}

export async function actionsOf(
  { connection }: RunningServer,
  uri: string,
  context: { diagnostics: readonly Diagnostic[]; only?: string[] },
): Promise<CodeAction[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  return connection.sendRequest<CodeAction[]>("textDocument/codeAction", { textDocument: { uri }, range, context });
}

export function positionOf(text: string, part: string, further = 2): Position {
  const offset = text.indexOf(part) + further;
  assert.ok(offset >= further, part);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

export const STORE = 'name: "store"\nversion: "1.0.0"\nbase: "/store"\npluginEntry: plugin.js\n';
export const NOTES =
  "name: notes\nversion: \"1.0.0\"\nbase: /notes\npluginEntry: plugin.js\ndependencies:\n  - store\n  - 'search'\n";

/** Two Buntime plugins; the second needs the first. */
export const FILES = {
  "plugins/store/manifest.yaml": STORE,
  "plugins/store/plugin.js": "export default {};\n",
  "plugins/notes/manifest.yaml": NOTES,
  "plugins/notes/plugin.js": "export default {};\n",
};
