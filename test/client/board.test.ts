// What the trees draw is drawn anew only when it is something else: a row that is drawn anew is taken from below the mouse.

import "./support/editor.js";

import assert from "node:assert/strict";
import { createEmitter } from "../../client/emitter.js";
import type { Language } from "../../client/languageClient.js";
import { type Board, createBoard } from "../../client/views/board.js";
import type { HostState, HostStore } from "../../client/views/hostStore.js";
import { row, state, summary } from "./support/makers.js";

describe("the state that the trees draw", () => {
  let hosts: readonly HostState[];
  let board: Board;
  let drawn: number;

  beforeEach(() => {
    hosts = [state({ at: 1, plugins: [summary()] })];
    drawn = 0;
    const never = createEmitter<void>().event;
    const store = { states: () => hosts, onDidChange: never };
    const language = { tellHosts: async () => undefined, onPluginsChanged: never, onDidStart: never };
    const ledger = { history: async () => [], previous: async () => undefined };
    // A checked edge: the board uses no other part of them here.
    const parts = [language as unknown as Language, store as unknown as HostStore, ledger as never] as const;
    const connect = (config: HostState["config"]) => ({ config });
    board = createBoard(...parts, connect, () => undefined, assert.ifError);
    board.onDidChange(() => drawn++);
  });
  afterEach(() => board.dispose());

  it("is drawn once while hosts say the same again", async () => {
    await board.rejoin();
    hosts = [state({ at: 2, plugins: [summary()] })];
    await board.rejoin();
    assert.equal(drawn, 1);
    assert.deepEqual(
      board.model().hosts.flatMap(({ plugins }) => plugins.map(({ name }) => name)),
      ["notes"],
    );
  });

  it("is drawn anew when a plugin stands otherwise, or a host comes", async () => {
    await board.rejoin();
    hosts = [state({ at: 2, plugins: [summary({ state: "failed" })] })];
    await board.rejoin();
    hosts = [...hosts, state({ config: row({ name: "other" }) })];
    await board.rejoin();
    assert.equal(drawn, 3);
  });
});
