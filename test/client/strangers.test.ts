// Whether hosts still have what was sent: asked beside the drawing, after each act, and not at every look.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Fingerprint, HostError, type Ledger, openLedger, type PluginHost } from "../../client/ops/index.js";
import { createStrangers } from "../../client/views/strangers.js";
import { row } from "./support/makers.js";

describe("what hosts have of a plugin", () => {
  let folder: string;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "plugsmith-strangers-"));
    ledger = openLedger(path.join(folder, "ledger"));
    const file = path.join(folder, "notes.tgz");
    await writeFile(file, "");
    const shipment = {
      system: "buntime",
      name: "notes",
      path: file,
      bytes: 0,
      sha256: "a",
      contents: "ours",
      entries: [],
    } as const;
    await ledger.record(row(), "notes", { action: "deploy", result: "verified", shipment });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const setup = (answer: () => Promise<Fingerprint | undefined>) => {
    let [asked, changes] = [0, 0];
    let wake: () => void = () => undefined;
    const host: PluginHost = {
      config: row(),
      fingerprint: () => {
        asked += 1;
        return answer();
      },
    };
    const strangers = createStrangers(
      () => host,
      ledger,
      () => {
        changes += 1;
        wake();
      },
      (error) => assert.fail(String(error)),
    );
    const changed = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    return { strangers, asked: () => asked, changes: () => changes, changed };
  };

  it("is not known at first, then told, and asked again only after an act, a refresh, or a while", async () => {
    const { strangers, asked, changed } = setup(async () => ({ contents: "theirs" }));
    const first = changed();
    assert.equal(strangers.stateOf(row(), "notes", 1000, "one"), undefined);
    await first;
    for (const at of [1000, 2000, 60_000]) assert.equal(strangers.stateOf(row(), "notes", at, "one"), "other");
    assert.equal(asked(), 1);
    strangers.stateOf(row(), "notes", 60_000, "two");
    assert.equal(asked(), 2);
    strangers.stateOf(row(), "notes", 60_000 + 6 * 60_000, "two");
    assert.equal(asked(), 3);
    strangers.forget();
    strangers.stateOf(row(), "notes", 60_000 + 6 * 60_000, "two");
    assert.equal(asked(), 4);
    strangers.dispose();
  });

  it("stays unknown where the host can't tell, without an error", async () => {
    const down = new HostError({ kind: "unreachable", step: "comparison", message: "down", next: "wait" });
    const { strangers, changes, asked } = setup(async () => {
      throw down;
    });
    strangers.stateOf(row(), "notes", 1, "one");
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual([strangers.stateOf(row(), "notes", 1, "one"), asked(), changes()], [undefined, 1, 0]);
    strangers.dispose();
  });
});
