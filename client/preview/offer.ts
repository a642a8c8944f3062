// Tells VS Code's menus which open files can be previewed: those that the language server takes for a manifest.

import { commands, type Disposable, Uri, workspace } from "vscode";
import type { Language } from "../languageClient.js";
import { PREVIEWS } from "./table.js";

export function offerPreviews(language: Language): Disposable {
  const paths = new Map<string, string>();
  const tell = () => void commands.executeCommand("setContext", "plugsmith.previewable", [...paths.values()]);
  const listening = [
    language.onVerdictChanged(({ uri, document }) => {
      const has = PREVIEWS.some(({ system }) => document?.startsWith(`${system}/`) === true);
      if (has) paths.set(uri, Uri.parse(uri).fsPath);
      else paths.delete(uri);
      tell();
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (paths.delete(uri.toString())) tell();
    }),
  ];
  return {
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}
