// Tree items: what menus and screen readers go by, targets for commands, and texts of hosts that are no markup.

import "./support/editor.js";

import assert from "node:assert/strict";
import { createEmitter } from "../../client/emitter.js";
import type { Board } from "../../client/views/board.js";
import type { HostState } from "../../client/views/hostStore.js";
import { type HostNode, HostsTree } from "../../client/views/hostsTree.js";
import { modelOf } from "../../client/views/model/index.js";
import { PluginsTree } from "../../client/views/pluginsTree.js";
import { local, noRecord, row, state, summary } from "./support/makers.js";

function boardOf(hosts: readonly HostState[]): Board {
  const here = [local()];
  const model = modelOf(hosts, here, noRecord);
  const nothing = async () => undefined;
  return {
    model: () => model,
    plugins: () => here,
    reread: nothing,
    recheck: () => undefined,
    rejoin: nothing,
    onDidChange: createEmitter<void>().event,
    dispose: () => undefined,
  };
}

const reach = { is: "unreachable", since: Date.now(), reason: "<b>down</b>" } as const;
const hosts = [
  state({ plugins: [summary({ base: "/notes", routes: ["/notes/"], removeKey: "notes", dependencies: ["db"] })] }),
  state({ config: row({ name: "down" }), reach }),
  state({ config: row({ name: "far", system: "skypilot" }), reach: { is: "unsupported" } }),
];

describe("the view of hosts", () => {
  const tree = new HostsTree(boardOf(hosts));
  const items = (node?: HostNode) => tree.getChildren(node).map((one) => tree.getTreeItem(one));
  const [staging] = tree.getChildren();
  const [plugin] = tree.getChildren(staging);

  it("has words for menus and for screen readers on every level", () => {
    const words = [...items(), ...items(staging), ...items(plugin)].map((item) => [
      item.contextValue,
      item.accessibilityInformation?.label.replace(/\d\d:\d\d/g, "…"),
    ]);
    assert.deepEqual(words, [
      [
        "host answers can:open can:reload can:signIn can:upload inSettings level:shared system:buntime",
        "host staging, 1 plugin · shared",
      ],
      [
        "host can:open can:reload can:signIn can:upload inSettings level:shared system:buntime unreachable",
        "host down, unreachable since …, shown as of …",
      ],
      ["host can:open inSettings level:shared system:skypilot unsupported", "host far, can't be reached from here yet"],
      ["plugin can:deploy can:open can:remove loaded", "plugin notes, loaded"],
      ["route can:open", "/notes/, page"],
      ["dependency", "db, not on this host · needed dependency"],
    ]);
  });

  it("shows a host that fails as a node, open for what it said before", () => {
    const [, down, far] = items();
    assert.deepEqual([down?.collapsibleState, far?.collapsibleState], [2, 0]);
  });

  it("shows what hosts say as plain text", () => {
    const { tooltip } = items()[1] ?? {};
    assert.ok(typeof tooltip === "object" && !tooltip.value.includes("<b>down"));
  });

  it("finds its way from a part to the host, with ids of its own for each node", () => {
    assert.ok(plugin);
    const [part] = tree.getChildren(plugin);
    assert.ok(part);
    assert.deepEqual(tree.getParent(part), plugin);
    assert.deepEqual(tree.getParent(plugin), staging);
    const ids = [...items(), ...items(staging), ...items(plugin)].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("gives commands their target", () => {
    assert.deepEqual(plugin?.target, {
      host: "staging",
      plugin: "notes",
      address: "https://buntime.example.org/notes/",
      root: "file:///w/notes",
    });
  });
});

describe("the view of the workspace's plugins", () => {
  const tree = new PluginsTree(boardOf(hosts));
  const [notes] = tree.getChildren();

  it("has words for menus and for screen readers on both levels", () => {
    const items = [...tree.getChildren(), ...tree.getChildren(notes)].map((node) => tree.getTreeItem(node));
    assert.deepEqual(
      items.map((item) => [item.contextValue, item.accessibilityInformation?.label.replace(/\d\d:\d\d/g, "…")]),
      [
        ["local system:buntime can:deploy can:package", "Buntime plugin notes, loaded on staging"],
        ["plugin can:deploy can:open can:remove loaded", "notes on staging, loaded"],
        ["plugin absent can:deploy", "notes on down, unreachable since …, shown as of …"],
      ],
    );
  });
});
