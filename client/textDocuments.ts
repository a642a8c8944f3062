// Read-only documents with texts of ours, such as a package plan. Kept while they are open.

import { type Disposable, EventEmitter, Uri, window, workspace } from "vscode";

const scheme = "plugsmith-text";

export interface TextDocuments extends Disposable {
  show(title: string, text: string): Promise<void>;
}

export function createTextDocuments(): TextDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const listening = [
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
    }),
    workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  ];
  return {
    show: async (title, text) => {
      const uri = Uri.from({ scheme, path: `/${title.replaceAll("/", " ")}` });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await window.showTextDocument(uri, { preview: true, preserveFocus: true });
    },
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}
