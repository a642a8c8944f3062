// Finds out when there is something to do for us: a document that is open or gets opened, or a file of the workspace, has the
// name of a manifest. What it holds is not looked at here. VS Code itself looks for such files only when a folder is opened.

import { CancellationTokenSource, type Disposable, languages, type TextDocument, type Uri, workspace } from "vscode";
import { associationsOf } from "./associations.js";
import { setting } from "./configuration.js";
import { furtherGlobs, oneGlob, selectorOf } from "./documents.js";

const nobodysFiles = "**/{node_modules,.git}/**";

export interface Waiting extends Disposable {
  /** Settles once what is open and in the workspace has been looked through. */
  readonly looked: Promise<void>;
}

/** Calls `wake` with the reason, perhaps more than once, until it is disposed of. */
export function whenNeeded(globs: readonly string[], wake: (reason: string) => void): Waiting {
  const all = () => [...globs, ...furtherGlobs(associationsOf(setting("associations")), globs)];
  const isNamed = (document: TextDocument) => languages.match(selectorOf(all()), document) > 0;
  const stop = new CancellationTokenSource();
  const look = async () => {
    const open = workspace.textDocuments.find(isNamed);
    if (open !== undefined) return wake(opened(open));
    const [found] = await workspace.findFiles(oneGlob(all()), nobodysFiles, 1, stop.token);
    if (found !== undefined && !stop.token.isCancellationRequested) wake(`${nameOf(found)} is in the workspace`);
  };
  const listening = [
    workspace.onDidOpenTextDocument((document) => {
      if (isNamed(document)) wake(opened(document));
    }),
    workspace.onDidChangeWorkspaceFolders(({ added }) => {
      if (added.length > 0) void look();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("plugsmith.associations")) void look();
    }),
  ];
  // Not at once: `wake` may need what the caller makes after this.
  const looked = Promise.resolve().then(look);
  return {
    looked,
    dispose: () => {
      stop.cancel();
      for (const one of [stop, ...listening]) one.dispose();
    },
  };
}

function opened({ uri }: TextDocument): string {
  return `${nameOf(uri)} is open`;
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
