// What the client was told of each file: nothing of files that never had a problem and aren't ours, and nothing twice.

import { isDeepStrictEqual } from "node:util";
import type { Connection, Diagnostic } from "vscode-languageserver/node";

export interface Publisher {
  /** `isOurs`: an open document of ours is told to have no problems as well. */
  publish(
    uri: string,
    diagnostics: readonly Diagnostic[],
    of: { readonly version?: number; readonly isOurs: boolean },
  ): void;
  /** Files that have problems by what was told. */
  withProblems(): readonly string[];
  hasProblems(uri: string): boolean;
  /** What was told of a file, or of all, is told again: its versions count anew, or somebody asked. */
  repeat(uri?: string): void;
}

export function createPublisher(connection: Connection): Publisher {
  const withProblems = new Set<string>();
  const told = new Map<string, { readonly version: number | undefined; readonly diagnostics: readonly Diagnostic[] }>();
  return {
    publish: (uri, diagnostics, { version, isOurs }) => {
      const before = told.get(uri);
      if (before && before.version === version && isDeepStrictEqual(before.diagnostics, diagnostics)) return;
      if (diagnostics.length === 0 && !withProblems.has(uri) && !isOurs) return;
      if (diagnostics.length > 0) withProblems.add(uri);
      else withProblems.delete(uri);
      if (diagnostics.length > 0 || isOurs) told.set(uri, { version, diagnostics });
      else told.delete(uri);
      void connection.sendDiagnostics({
        uri,
        diagnostics: [...diagnostics],
        ...(version !== undefined && { version }),
      });
    },
    withProblems: () => [...withProblems],
    hasProblems: (uri) => withProblems.has(uri),
    repeat: (uri) => (uri === undefined ? told.clear() : void told.delete(uri)),
  };
}
