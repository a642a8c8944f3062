// Workspace symbols: what the manifests define, by name, and the classes that they list, which no manifest defines.

import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import { documentsIn, type Workspace } from "../../systems/facts.js";
import { SYSTEMS } from "../../systems/index.js";
import { rangeOf } from "../../text/parsed.js";
import { basename, dirname } from "../../text/paths.js";
import { mentionsOf } from "./mentions.js";

const MOST = 500;

/** Letters of the query in their order, as editors match. */
export function workspaceSymbols(workspace: Workspace, query: string): WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const { id, title } of SYSTEMS) {
    for (const manifest of documentsIn(workspace, id)) {
      for (const { kind, name, span, role } of mentionsOf(manifest)) {
        const isClass = kind === "class";
        if ((role !== "definition" && !isClass) || !matches(name, query)) continue;
        const location = { uri: manifest.parsed.uri, range: rangeOf(manifest.parsed, span) };
        found.push({
          name,
          kind: isClass ? SymbolKind.Class : SymbolKind.Module,
          containerName: `${title} ${kind}, ${basename(dirname(manifest.parsed.path ?? ""))}`,
          location,
        });
        if (found.length >= MOST) return found;
      }
    }
  }
  return found;
}

function matches(name: string, query: string): boolean {
  const letters = query.toLowerCase().replace(/\s/g, "");
  let at = 0;
  for (const letter of name.toLowerCase()) if (letter === letters[at]) at++;
  return at >= letters.length;
}
