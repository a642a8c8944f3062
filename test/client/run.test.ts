// Work that takes its time or fails: cancelled midway and while it waits, a refused key, what nobody expected.

import "./support/editor.js";

import assert from "node:assert/strict";
import { run } from "../../client/commands/run.js";
import { type HostConfig, HostError, type HostErrorKind } from "../../client/ops/index.js";
import { appFor } from "./support/app.js";
import { editor } from "./support/editor.js";
import { row } from "./support/makers.js";

const host: HostConfig = row({ level: "local" });
const act = { name: "deploy notes to staging", title: 'Deploying "notes"', host };

describe("an operation", () => {
  beforeEach(() => editor.reset());

  it("shows its progress, and leaves a line in the log", async () => {
    const { app, log } = appFor();
    const answer = await run(app, act, async ({ step }) => {
      step("packing");
      return 3;
    });
    assert.equal(answer, 3);
    assert.deepEqual(editor.shown, ['Deploying "notes"', "packing"]);
    assert.match(log.join("\n"), /^deploy notes to staging: packing\ndeploy notes to staging: done \(\d+ ms\)$/);
  });

  it("that is cancelled midway ends by its signal, and says what the host has", async () => {
    const { app, log } = appFor();
    const going = run(app, act, ({ signal, step }) => {
      step("sending");
      return new Promise((_resolve, reject) => {
        const stop = () => reject(failing("cancelled", { hostNow: "the host has the files" }));
        signal.addEventListener("abort", stop, { once: true });
      });
    });
    await settled();
    editor.cancels[0]?.();
    assert.equal(await going, undefined);
    assert.equal(editor.shown.at(-1), "It failed; the host has the files; try again.");
    assert.match(log.at(-1) ?? "", /deploy notes to staging: cancelled/);
  });

  it("that waits for another on the same host can be cancelled at once, and is never begun", async () => {
    const { app } = appFor();
    let release: () => void = () => undefined;
    const first = run(
      app,
      act,
      () =>
        new Promise<number>((resolve) => {
          release = () => resolve(1);
        }),
    );
    await settled();
    let begun = false;
    const second = run(app, { ...act, name: "remove notes" }, async () => {
      begun = true;
    });
    await settled();
    editor.cancels[1]?.();
    assert.equal(await second, undefined);
    assert.match(
      editor.shown.at(-1) ?? "",
      /^Remove notes was cancelled before it began; of this, nothing has reached/,
    );
    release();
    assert.equal(await first, 1);
    assert.equal(begun, false);
  });

  it("with a refused key asks for one, keeps it, and tries once more", async () => {
    const { app, keys } = appFor();
    editor.answers.push(" new-key ");
    let tries = 0;
    const answer = await run(app, act, async () => {
      tries += 1;
      if (tries === 1) throw failing("unauthorised");
      return tries;
    });
    assert.equal(answer, 2);
    assert.deepEqual([...keys], [["plugsmith.token:https://buntime.example.org", "new-key"]]);
  });

  it("with a refused key that is not given fails without a second try", async () => {
    const { app, keys } = appFor();
    editor.answers.push(undefined);
    let tries = 0;
    await run(app, act, async () => {
      tries += 1;
      throw failing("unauthorised");
    });
    assert.deepEqual([tries, keys.size], [1, 0]);
    assert.equal(editor.shown.at(-1), "It failed; try again.");
  });

  it("that fails as nobody expected says so, and the log has no key", async () => {
    const { app, log, keys } = appFor();
    keys.set("plugsmith.token:https://buntime.example.org", "planted-secret");
    await run(app, act, () => Promise.reject(new TypeError("odd planted-secret")));
    assert.equal(editor.shown.at(-1), "Deploy notes to staging failed unexpectedly. The log has the details.");
    assert.match(log.join("\n"), /failed unexpectedly: TypeError: odd/);
    assert.doesNotMatch([...log, ...editor.shown].join("\n"), /planted-secret/);
  });

  it("that is quick shows no progress, and one that is not can be cancelled still", async () => {
    const { app } = appFor();
    const quick = { name: "plan notes", title: "Looking", quick: true };
    assert.equal(await run(app, quick, async () => 1), 1);
    assert.deepEqual(editor.shown, []);
    const going = run(app, quick, ({ signal }) => {
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(failing("cancelled")), { once: true });
      });
    });
    await new Promise((resolve) => setTimeout(resolve, 450));
    editor.cancels[0]?.();
    assert.equal(await going, undefined);
    assert.deepEqual(editor.shown, ["Looking", "It failed; try again."]);
  });

  it("that can't be stopped offers no cancel", async () => {
    const { app } = appFor();
    const written = { name: "save host", title: "Writing the settings", quick: true, cancellable: false };
    await run(app, written, () => new Promise((resolve) => setTimeout(resolve, 450)));
    assert.deepEqual([editor.shown, editor.cancels.length], [["Writing the settings"], 0]);
  });
});

function failing(kind: HostErrorKind, more: { readonly hostNow?: string } = {}): HostError {
  return new HostError({ kind, step: "upload", message: "it failed", next: "try again", ...more });
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
