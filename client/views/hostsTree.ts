// The view "Hosts": host -> plugins -> routes, menus and dependencies.

import type { Event, TreeDataProvider, TreeItem } from "vscode";
import type { Target } from "../commands/target.js";
import type { Board } from "./board.js";
import { itemOf } from "./items.js";
import type { EntryView, HostView, Mood, PluginPart, PluginView } from "./model/index.js";

export type HostNode =
  | { readonly is: "host"; readonly view: HostView; readonly target: Target }
  | { readonly is: "plugin"; readonly view: PluginView; readonly target: Target }
  | { readonly is: "history"; readonly of: PluginView; readonly target: Target }
  | { readonly is: "entry"; readonly of: PluginView; readonly view: EntryView; readonly target: Target }
  | { readonly is: "part"; readonly of: PluginView; readonly view: PluginPart; readonly target: Target };

export class HostsTree implements TreeDataProvider<HostNode> {
  readonly onDidChangeTreeData: Event<void>;

  constructor(private readonly board: Board) {
    this.onDidChangeTreeData = board.onDidChange;
  }

  getChildren(node?: HostNode): HostNode[] {
    if (node === undefined) return this.board.model().hosts.map(hostNode);
    if (node.is === "host") return node.view.plugins.map(pluginNode);
    if (node.is === "plugin")
      return [...node.view.parts.map((part) => partNode(node.view, part)), ...historyNodes(node.view)];
    if (node.is === "history") return node.of.history.map((entry) => entryNode(node.of, entry));
    return [];
  }

  getParent(node: HostNode): HostNode | undefined {
    if (node.is === "host") return undefined;
    if (node.is === "plugin") return this.find(node.view.host);
    return node.is === "entry" ? historyNodes(node.of)[0] : this.find(node.of.host, node.of.name);
  }

  /** The node of a host, or of a plugin on it. */
  find(host: string, plugin?: string): HostNode | undefined {
    const view = this.board.model().hosts.find((one) => one.name === host);
    if (view === undefined || plugin === undefined) return view === undefined ? undefined : hostNode(view);
    const found = view.plugins.find((one) => one.name === plugin);
    return found === undefined ? undefined : pluginNode(found);
  }

  getTreeItem(node: HostNode): TreeItem {
    if (node.is === "host") return hostItem(node.view);
    if (node.is === "history") return historyItem(node.of);
    if (node.is === "entry") return entryItem(node);
    return node.is === "plugin" ? pluginItem(node.view) : partItem(node);
  }
}

function hostNode(view: HostView): HostNode {
  return { is: "host", view, target: { host: view.name, ...(view.url === undefined ? {} : { address: view.url }) } };
}

function pluginNode(view: PluginView): HostNode {
  return { is: "plugin", view, target: targetOf(view) };
}

function partNode(of: PluginView, view: PluginPart): HostNode {
  return { is: "part", of, view, target: { ...targetOf(of), address: view.address } };
}

/** One node for all entries; none where nothing was sent from here. */
function historyNodes(of: PluginView): HostNode[] {
  return of.history.length === 0 ? [] : [{ is: "history", of, target: targetOf(of) }];
}

function entryNode(of: PluginView, view: EntryView): HostNode {
  return { is: "entry", of, view, target: { ...targetOf(of), entry: view.id } };
}

function targetOf({ host, name, address, local }: PluginView): Target {
  return { host, plugin: name, address, root: local?.root };
}

function hostItem(view: HostView): TreeItem {
  return itemOf({
    id: `host ${view.name}`,
    label: view.name,
    state: view.state,
    detail: view.detail,
    icon: view.mood === "bad" ? "debug-disconnect" : view.level === "local" ? "vm" : "server-environment",
    mood: view.mood,
    context: ["host", ...view.flags].join(" "),
    kind: "host",
    // A host that can have plugins is open from the start, so that they show as soon as it answers.
    children: view.flags.includes("can:upload") ? "open" : "none",
  });
}

function pluginItem(view: PluginView): TreeItem {
  return itemOf({
    id: `host ${view.host} plugin ${view.name}`,
    label: view.name,
    state: view.state,
    detail: view.detail,
    icon: pluginIcons[view.mood],
    mood: view.mood,
    context: ["plugin", ...view.flags].join(" "),
    kind: "plugin",
    children: view.parts.length + view.history.length > 0 ? "closed" : "none",
  });
}

function partItem({ of, view }: Extract<HostNode, { is: "part" }>): TreeItem {
  const item = itemOf({
    id: `host ${of.host} plugin ${of.name} ${view.kind} ${view.id}`,
    label: view.label,
    state: view.state,
    detail: `${view.label}: ${view.state}${view.address === undefined ? "" : `\n${view.address}`}`,
    icon: partIcons[view.kind],
    mood: view.mood,
    context: [view.kind, ...(view.address === undefined ? [] : ["can:open"])].join(" "),
    kind: "",
    children: "none",
  });
  return item;
}

function historyItem(of: PluginView): TreeItem {
  const [newest] = of.history;
  return itemOf({
    id: `host ${of.host} plugin ${of.name} history`,
    label: "History",
    state: newest === undefined ? "" : `${newest.label}, ${newest.state}`,
    detail: `what was sent of ${of.name} to ${of.host} from here`,
    icon: "history",
    mood: "quiet",
    context: "history",
    kind: "",
    children: "closed",
  });
}

function entryItem({ of, view }: Extract<HostNode, { is: "entry" }>): TreeItem {
  return itemOf({
    id: `host ${of.host} plugin ${of.name} entry ${view.id}`,
    label: view.label,
    state: view.state,
    detail: view.detail,
    icon: view.flags.includes("can:rollback") ? "archive" : "circle-small",
    mood: view.mood,
    context: ["entry", ...view.flags].join(" "),
    kind: "entry of the history",
    children: "none",
  });
}

export const pluginIcons: Readonly<Record<Mood, string>> = {
  good: "pass",
  attention: "warning",
  bad: "error",
  quiet: "circle-outline",
};

const partIcons: Readonly<Record<PluginPart["kind"], string>> = {
  route: "globe",
  menu: "list-tree",
  dependency: "references",
};
