// What commands and views may use: made once by the composition root, handed to everyone. Types only.

import type { LogOutputChannel, Uri } from "vscode";
import type { HostRows } from "./hostRows.js";
import type { Language } from "./languageClient.js";
import type { LocalHostControl } from "./localHostControl.js";
import type { HostConfig, Ledger, PluginHost, Tools } from "./ops/index.js";
import type { Previews } from "./preview/open.js";
import type { InTurn } from "./queue.js";
import type { Secrets } from "./secrets.js";
import type { TextDocuments } from "./textDocuments.js";
import type { Board } from "./views/board.js";
import type { HostStore } from "./views/hostStore.js";
import type { HostLogs } from "./views/logs/hostLogs.js";
import type { Loops } from "./views/loops.js";

export interface App {
  readonly log: LogOutputChannel;
  readonly secrets: Secrets;
  readonly language: Language;
  readonly rows: HostRows;
  readonly store: HostStore;
  readonly board: Board;
  readonly ledger: Ledger;
  readonly localHost: LocalHostControl;
  readonly connect: (config: HostConfig) => PluginHost;
  /** The same with a key that is not kept yet. */
  readonly connectWith: (config: HostConfig, key: string | undefined) => PluginHost;
  /** One change at a time on each host. */
  readonly inTurn: InTurn;
  readonly previews: Previews;
  /** The extension's own folder. */
  readonly extension: Uri;
  /** Folder for archives on their way to a host. */
  readonly archives: string;
  /** Read-only documents with texts of ours. */
  readonly texts: TextDocuments;
  /** Opens a read-only document with a text of ours. */
  readonly showText: (title: string, text: string) => Promise<void>;
  /** Opens the editor's comparison of the files that differ. */
  readonly showDifferences: TextDocuments["compare"];
  readonly logs: HostLogs;
  /** Plugins that are deployed on change. */
  readonly loops: Loops;
  /** How the user's own programs are run. */
  readonly tools: () => Tools;
  /** Opens the view and selects a host or a plugin on it. */
  readonly reveal: (host: string, plugin?: string) => Promise<void>;
}
