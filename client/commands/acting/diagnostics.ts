// The problems that the language server has published for a plugin's files, for preflight. A manifest that is not open yet is
// opened unseen, and waited for shortly: without an answer there is simply nothing to add.

import { type Diagnostic, DiagnosticSeverity, languages, Uri, workspace } from "vscode";
import type { LocalPlugin } from "../../../server/protocol.js";
import type { DiagnosticLike } from "../../ops/index.js";

const patience = 1500;

export async function diagnosticsOf(plugin: LocalPlugin): Promise<readonly DiagnosticLike[]> {
  const manifest = Uri.parse(plugin.manifest);
  await opened(manifest);
  const root = `${plugin.root.replace(/\/$/, "")}/`;
  const files = languages.getDiagnostics().filter(([uri]) => uri.toString().startsWith(root));
  return files.flatMap(([uri, found]) => {
    const file = uri.toString().slice(root.length);
    return found.filter((one) => one.source === "plugsmith").map((one) => plain(one, file));
  });
}

async function opened(uri: Uri): Promise<void> {
  const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  if (isOpen) return;
  const heard = published(uri);
  const document = await workspace.openTextDocument(uri).then(undefined, () => undefined);
  if (document !== undefined) await heard.within(patience);
  heard.stop();
}

function published(uri: Uri): { within(milliseconds: number): Promise<void>; stop(): void } {
  let hear: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const listening = languages.onDidChangeDiagnostics(({ uris }) => {
    if (uris.some((one) => one.toString() === uri.toString())) hear();
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    within: (milliseconds) => {
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      return Promise.race([first, enough]);
    },
    stop: () => {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

function plain({ severity, code, message, range: { start } }: Diagnostic, file: string): DiagnosticLike {
  const text = typeof code === "object" ? String(code.value) : String(code ?? "");
  const position = { line: start.line, character: start.character };
  return { severity: words[severity], code: text, message, file, position };
}

const words: Readonly<Record<DiagnosticSeverity, DiagnosticLike["severity"]>> = {
  [DiagnosticSeverity.Error]: "error",
  [DiagnosticSeverity.Warning]: "warning",
  [DiagnosticSeverity.Information]: "information",
  [DiagnosticSeverity.Hint]: "hint",
};
