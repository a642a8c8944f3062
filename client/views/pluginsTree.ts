// The view "Workspace Plugins": the plugins that manifests here describe, each with how it stands on every host of its system.

import { type Event, ThemeIcon, type TreeDataProvider, type TreeItem } from "vscode";
import { systemTitle } from "../../server/service/index.js";
import type { Target } from "../commands/target.js";
import type { Board } from "./board.js";
import { pluginIcons } from "./hostsTree.js";
import { itemOf } from "./items.js";
import type { LocalOnHost, LocalView } from "./model/index.js";

export type LocalNode =
  | { readonly is: "local"; readonly view: LocalView; readonly target: Target }
  | { readonly is: "onHost"; readonly of: LocalView; readonly view: LocalOnHost; readonly target: Target };

export class PluginsTree implements TreeDataProvider<LocalNode> {
  readonly onDidChangeTreeData: Event<void>;

  constructor(private readonly board: Board) {
    this.onDidChangeTreeData = board.onDidChange;
  }

  getChildren(node?: LocalNode): LocalNode[] {
    if (node === undefined) return this.board.model().plugins.map(localNode);
    return node.is === "local" ? node.view.hosts.map((row) => onHostNode(node.view, row)) : [];
  }

  getTreeItem(node: LocalNode): TreeItem {
    return node.is === "local" ? localItem(node.view) : onHostItem(node);
  }
}

function localNode(view: LocalView): LocalNode {
  const { name, root, manifest } = view.plugin;
  return { is: "local", view, target: { plugin: name, root, manifest } };
}

function onHostNode(of: LocalView, view: LocalOnHost): LocalNode {
  const { name, root, manifest } = of.plugin;
  return { is: "onHost", of, view, target: { plugin: name, root, manifest, host: view.host, address: view.address } };
}

function localItem(view: LocalView): TreeItem {
  const { plugin } = view;
  const item = itemOf({
    id: `local ${plugin.manifest} ${plugin.name}`,
    label: plugin.name,
    state: view.state || systemTitle(plugin.system),
    detail: `${systemTitle(plugin.system)}: ${view.detail}`,
    icon: systemIcons[plugin.system] ?? "extensions",
    mood: view.mood,
    context: ["local", `system:${plugin.system}`, ...view.flags].join(" "),
    kind: `${systemTitle(plugin.system)} plugin`,
    children: view.hosts.length > 0 ? "closed" : "none",
  });
  item.command = { command: "plugsmith.openManifest", title: "Open Manifest", arguments: [localNode(view)] };
  return item;
}

function onHostItem({ of, view }: Extract<LocalNode, { is: "onHost" }>): TreeItem {
  const item = itemOf({
    id: `local ${of.plugin.manifest} ${of.plugin.name} on ${view.host}`,
    label: view.host,
    state: view.state,
    detail: view.detail,
    icon: pluginIcons[view.mood],
    mood: view.mood,
    context: ["plugin", ...view.flags].join(" "),
    kind: `${of.plugin.name} on`,
    children: "none",
  });
  if (view.mood === "quiet") item.iconPath = new ThemeIcon("circle-outline");
  return item;
}

const systemIcons: Readonly<Record<string, string>> = {
  buntime: "package",
  metaflow: "browser",
  openjourney: "layers",
  skypilot: "cloud",
};
