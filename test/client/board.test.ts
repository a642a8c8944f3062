// What the trees draw is drawn anew only when it is something else: a row that is drawn anew is taken from below the mouse.

import "./support/editor.js";

import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { createEmitter, type Emitter } from "../../client/emitter.js";
import type { Language } from "../../client/languageClient.js";
import { type Board, createBoard } from "../../client/views/board.js";
import type { HostState, HostStore } from "../../client/views/hostStore.js";
import { row, state, summary } from "./support/makers.js";

describe("the state that the trees draw", () => {
  let hosts: readonly HostState[];
  let board: Board;
  let drawn: number;
  /** How often all of it was put together. */
  let joined: number;
  let answered: Emitter<void>;
  /** What the language server is told is taken once this is resolved. */
  let server: Promise<void>;

  beforeEach(() => {
    hosts = [state({ at: 1, plugins: [summary()] })];
    drawn = 0;
    const never = createEmitter<void>().event;
    joined = 0;
    server = Promise.resolve();
    answered = createEmitter<void>();
    const states = () => {
      joined++;
      return hosts;
    };
    const store = { states, onDidChange: answered.event };
    const language = { tellHosts: () => server, onPluginsChanged: never, onDidStart: never };
    const ledger = { snapshot: async () => ({ history: async () => [], previous: async () => undefined }) };
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

  it("is put together for many answers at once, the last among them", async () => {
    for (let at = 2; at < 100; at++) {
      hosts = Array.from({ length: at }, (_, host) => state({ at, config: row({ name: `host ${host}` }) }));
      answered.fire();
    }
    await board.rejoin();
    assert.equal(board.model().hosts.length, 99);
    assert.ok(joined < 4, `${joined} times`);
  });

  it("is drawn while the language server is still to come", async () => {
    server = new Promise(() => undefined);
    for (const name of ["notes", "search"]) {
      hosts = [state({ at: 1, plugins: [summary({ name })] })];
      void board.rejoin();
      const isDrawn = () => board.model().hosts.some(({ plugins }) => plugins.some((one) => one.name === name));
      for (let turn = 0; turn < 1000 && !isDrawn(); turn++) await setImmediate();
      assert.ok(isDrawn(), name);
    }
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
