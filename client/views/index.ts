// Fills the two views. Hosts are asked when their view is seen for the first time, never before.

import { type Disposable, type TreeDataProvider, type TreeView, window, workspace } from "vscode";
import type { HostRows } from "../hostRows.js";
import { sentence } from "../sentence.js";
import type { Board } from "./board.js";
import type { HostStore } from "./hostStore.js";
import { type HostNode, HostsTree } from "./hostsTree.js";
import { keepFresh } from "./keepFresh.js";
import { count } from "./model/words.js";
import { type LocalNode, PluginsTree } from "./pluginsTree.js";

/** The views as VS Code has them. */
export interface Shown {
  readonly hosts: TreeView<HostNode>;
  readonly plugins: TreeView<LocalNode>;
}

/** What they show. */
export interface Trees {
  readonly hosts: TreeDataProvider<HostNode>;
  readonly plugins: TreeDataProvider<LocalNode>;
}

export interface Views extends Disposable {
  readonly trees: Trees;
  /** Selects a host, or a plugin on it, in the view "Hosts". */
  reveal(host: string, plugin?: string): Promise<void>;
}

export function fillViews({ hosts, plugins }: Shown, board: Board, store: HostStore, rows: HostRows): Views {
  const hostsTree = new HostsTree(board);
  const askOnce = () => {
    const unasked = store.states().filter(({ reach }) => reach.is === "unasked");
    if (workspace.isTrusted && (hosts.visible || plugins.visible))
      for (const { config } of unasked) void store.refresh(config.name);
  };
  const showProblems = () => {
    hosts.message = rows
      .problems()
      .map(({ message }) => sentence(message))
      .join("\n");
  };
  const listening = [
    rows.onDidChange(showProblems),
    hosts.onDidChangeVisibility(askOnce),
    plugins.onDidChangeVisibility(askOnce),
    store.onDidChange(askOnce),
    board.onDidChange(() => showBadge(plugins, board)),
    keepFresh({
      isSeen: () => workspace.isTrusted && (hosts.visible || plugins.visible),
      onDidChangeSeen: (listener) => hosts.onDidChangeVisibility(() => listener()),
      isFocused: () => window.state.focused,
      onDidChangeFocus: (listener) => window.onDidChangeWindowState(() => listener()),
      refresh: () => void store.refresh(),
      retry: () => {
        const silent = store.states().filter(({ reach }) => reach.is === "unreachable");
        for (const { config } of silent) void store.refresh(config.name);
      },
    }),
  ];
  askOnce();
  showProblems();
  return {
    trees: { hosts: hostsTree, plugins: new PluginsTree(board) },
    reveal: async (host, plugin) => {
      const node = hostsTree.find(host, plugin) ?? hostsTree.find(host);
      if (node !== undefined) await hosts.reveal(node, { select: true, focus: true, expand: true });
    },
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}

function showBadge(view: TreeView<unknown>, board: Board): void {
  const value = board.model().plugins.filter(({ plugin }) => plugin.errors > 0).length;
  const tooltip = `${count(value, "plugin")} with errors`;
  view.badge = value === 0 ? undefined : { value, tooltip };
}
