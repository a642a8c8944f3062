// A tree that is made when it is first shown: VS Code asks for the children of a view that is seen, and of no other.

import type { TreeDataProvider } from "vscode";
import { createEmitter } from "../emitter.js";

export function lateTree<Node>(make: () => Promise<TreeDataProvider<Node>>): TreeDataProvider<Node> {
  const changed = createEmitter<undefined>();
  let made: Promise<TreeDataProvider<Node>> | undefined;
  const tree = () => {
    made ??= make().then((one) => {
      one.onDidChangeTreeData?.(() => changed.fire(undefined));
      return one;
    });
    return made;
  };
  return {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => (await tree()).getChildren(node),
    getTreeItem: async (node) => (await tree()).getTreeItem(node),
    getParent: async (node) => (await tree()).getParent?.(node),
  };
}
