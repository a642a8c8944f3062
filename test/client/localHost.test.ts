// The local host of a window: one at a time, on the same port again, and out of the list once it is stopped.

import "./support/editor.js";

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startLocal, stopLocal } from "../../client/commands/hosts/localHost.js";
import { connect } from "../../client/ops/index.js";
import { appFor, type TestApp } from "./support/app.js";
import { editor } from "./support/editor.js";

describe("the local host of a window", () => {
  let directory: string;
  let test: TestApp;

  beforeEach(async () => {
    editor.reset();
    directory = await mkdtemp(path.join(tmpdir(), "plugsmith-client-"));
    test = appFor({ connect: (config) => connect(config), directory });
  });

  afterEach(async () => {
    await test.app.localHost.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const names = () => test.app.rows.all().map(({ name }) => name);

  it("is a row while it runs, is asked at once, and menus know of it", async () => {
    const url = await startLocal(test.app);
    assert.match(url ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(names(), ["local host"]);
    assert.equal(test.app.store.state("local host")?.reach.is, "answers");
    await stopLocal(test.app);
    assert.deepEqual(names(), []);
    assert.equal(test.app.localHost.url(), undefined);
    await assert.rejects(fetch(url ?? ""));
    assert.deepEqual(editor.executed, [
      'setContext "plugsmith.localHostRuns" true',
      'setContext "plugsmith.localHostRuns" false',
    ]);
  });

  it("is started once, whoever asks", async () => {
    const [one, two] = await Promise.all([test.app.localHost.start(), test.app.localHost.start()]);
    assert.equal(one, two);
  });

  it("comes up on the same port again, even before the former one has ended", async () => {
    const one = await test.app.localHost.start();
    const stopping = test.app.localHost.stop();
    assert.equal(await test.app.localHost.start(), one);
    await stopping;
    assert.deepEqual(names(), ["local host"]);
  });

  it("that is stopped while it starts is gone in the end", async () => {
    const starting = test.app.localHost.start();
    await test.app.localHost.stop();
    await starting;
    assert.deepEqual([names(), test.app.localHost.url()], [[], undefined]);
  });

  it("takes another port where the former one is in use", async () => {
    const url = await test.app.localHost.start();
    const second = appFor({ directory, port: Number(new URL(url).port) });
    assert.notEqual(await second.app.localHost.start(), url);
    await second.app.localHost.stop();
  });

  it("does not start in an untrusted workspace", async () => {
    editor.isTrusted = false;
    assert.equal(await startLocal(test.app), undefined);
    assert.deepEqual(names(), []);
  });
});
