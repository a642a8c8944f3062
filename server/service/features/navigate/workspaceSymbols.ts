// Workspace symbols: what the manifests define, by name, and what the files define that they take in; the classes that they list, which
// no manifest defines.

import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import { documentsIn, type Workspace } from "../../systems/facts.js";
import { SYSTEMS } from "../../systems/index.js";
import type { Beside, Manifest } from "../../systems/system.js";
import { fileDocument, parse, rangeOf } from "../../text/parsed.js";
import { basename, dirname } from "../../text/paths.js";
import { mentionsOf } from "./mentions.js";

const MOST = 500;

/** Letters of the query in their order, as editors match. */
export function workspaceSymbols(workspace: Workspace, query: string): WorkspaceSymbol[] {
  const found = new Map<string, WorkspaceSymbol>();
  for (const { id, title, beside } of SYSTEMS) {
    for (const manifest of documentsIn(workspace, id)) {
      const others = (beside?.(manifest) ?? []).filter(({ name }) => matches(name, query));
      for (const one of [...named(manifest, title, query), ...others.map((other) => defined(other, title))]) {
        found.set(`${JSON.stringify(one.location)} ${one.name}`, one);
        if (found.size >= MOST) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

function defined({ kind, name, path, text, span }: Beside, title: string): WorkspaceSymbol {
  const uri = URI.file(path).toString();
  const range = rangeOf(parse(fileDocument(uri, text)), span);
  return { name, kind: SymbolKind.Module, containerName: containerOf(title, kind, path), location: { uri, range } };
}

function named(manifest: Manifest, title: string, query: string): WorkspaceSymbol[] {
  return mentionsOf(manifest).flatMap(({ kind, name, span, role }) => {
    const isClass = kind === "class";
    if ((role !== "definition" && !isClass) || !matches(name, query)) return [];
    const location = { uri: manifest.parsed.uri, range: rangeOf(manifest.parsed, span) };
    const containerName = containerOf(title, kind, manifest.parsed.path ?? "");
    return [{ name, kind: isClass ? SymbolKind.Class : SymbolKind.Module, containerName, location }];
  });
}

const containerOf = (title: string, kind: string, path: string): string =>
  `${title} ${kind}, ${basename(dirname(path))}`;

function matches(name: string, query: string): boolean {
  const letters = query.toLowerCase().replace(/\s/g, "");
  let at = 0;
  for (const letter of name.toLowerCase()) if (letter === letters[at]) at++;
  return at >= letters.length;
}
