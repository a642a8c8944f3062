// The rows of hosts: sound ones, sentences about the others, and the local host while it runs.
import assert from "node:assert/strict";
import { createEmitter } from "../../client/emitter.js";
import { createHostRows } from "../../client/hostRows.js";
import { localHostName } from "../../client/localHostName.js";
import { row } from "./support/makers.js";

const url = "http://127.0.0.1:4000";

describe("the rows of hosts", () => {
  const over = (value: unknown) => createHostRows({ value: () => value, onDidChange: createEmitter<void>().event });
  const names = (rows: ReturnType<typeof over>) => rows.all().map(({ name }) => name);

  it("are those of the setting; nothing at all is none", () => {
    assert.deepEqual(names(over([row(), row({ name: "two" })])), ["staging", "two"]);
    assert.deepEqual([over(undefined).all(), over(undefined).problems()], [[], []]);
  });

  it("leave out unsound ones alone, with a sentence for each", () => {
    const rows = over([
      { name: "a", system: "buntime" },
      row(),
      { name: "b", system: "buntime", url: "https://b.example.org", token: "t" },
      row(),
    ]);
    assert.deepEqual(names(rows), ["staging"]);
    assert.deepEqual(
      rows.problems().map(({ row: at, message }) => [at, message]),
      [
        [0, 'host "a" does not say where it is; add "url", "kubernetes" or "directory"'],
        [2, 'host "b" holds "token"; remove it and sign in instead, settings are no place for a credential'],
        [3, 'host "staging" has the name of an earlier row; give each host its own name'],
      ],
    );
    assert.match(over({}).problems()[0]?.message ?? "", /not a list/);
  });

  it("begin with the local host while it runs", () => {
    const rows = over([row()]);
    let changes = 0;
    rows.onDidChange(() => {
      changes += 1;
    });
    rows.setLocal(url);
    assert.deepEqual(names(rows), [localHostName, "staging"]);
    assert.equal(rows.named(localHostName)?.level, "local");
    rows.setLocal(undefined);
    assert.deepEqual(names(rows), ["staging"]);
    assert.equal(changes, 2);
  });

  it("have the local host for Metaflow UI too where the workspace has such plugins", () => {
    const rows = createHostRows({ value: () => [], hasPlugins: () => true, onDidChange: createEmitter<void>().event });
    rows.setLocal(url);
    assert.deepEqual(
      rows.all().map(({ name, system }) => [name, system]),
      [
        [localHostName, "buntime"],
        ["local Metaflow UI", "metaflow"],
      ],
    );
  });

  it("have the local host once when the settings have it too", () => {
    const rows = over([row({ name: "mine", url })]);
    rows.setLocal(url);
    assert.deepEqual(names(rows), ["mine"]);
  });
});
