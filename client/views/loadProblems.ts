// Plugins of the workspace that a host has and can't load, as problems at their manifests, where the cause is. They go when the host
// loads the plugin, or is heard of no more. The language server's own word for the same stands.

import { Diagnostic, DiagnosticSeverity, type Disposable, languages, Range, Uri, workspace } from "vscode";
import type { LocalView } from "./model/index.js";
import { problemsOf } from "./model/problems.js";

export interface LoadProblems extends Disposable {
  show(plugins: readonly LocalView[]): Promise<void>;
}

export function createLoadProblems(): LoadProblems {
  const collection = languages.createDiagnosticCollection("plugsmith.hosts");
  let shown = "";
  let round = 0;
  return {
    show: async (plugins) => {
      const problems = problemsOf(plugins);
      const text = JSON.stringify(problems);
      if (text === shown) return;
      shown = text;
      const mine = ++round;
      const found: [Uri, Diagnostic[]][] = [];
      for (const { manifest, problems: own } of problems) {
        const uri = Uri.parse(manifest);
        const lines = await linesOf(uri);
        const said = new Set(
          languages.getDiagnostics(uri).map(({ code }) => (typeof code === "object" ? code.value : code)),
        );
        const fresh = own.filter(({ code }) => !said.has(code));
        found.push([
          uri,
          fresh.map(({ code, message, host, key }) => {
            const diagnostic = new Diagnostic(rangeOf(lines, key), message, DiagnosticSeverity.Error);
            // Not "plugsmith" alone: packing takes the language server's problems, and these are of a former package.
            diagnostic.source = `plugsmith (${host})`;
            diagnostic.code = code;
            return diagnostic;
          }),
        ]);
      }
      if (mine !== round) return;
      collection.clear();
      collection.set(found);
    },
    dispose: () => collection.dispose(),
  };
}

async function linesOf(uri: Uri): Promise<readonly string[]> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText().split(/\r?\n/);
  const bytes = await workspace.fs.readFile(uri).then(undefined, () => new Uint8Array());
  return Buffer.from(bytes).toString("utf8").split(/\r?\n/);
}

/** At the key, in YAML or JSON; else at the top. */
function rangeOf(lines: readonly string[], key: string): Range {
  const pattern = new RegExp(`^(\\s*\\{?\\s*)(["']?${key}["']?)\\s*:`);
  for (const [at, line] of lines.entries()) {
    const match = pattern.exec(line);
    const [, before = "", word] = match ?? [];
    if (word !== undefined) return new Range(at, before.length, at, before.length + word.length);
  }
  return new Range(0, 0, 0, lines[0]?.length ?? 0);
}
