// When hosts are asked again: while somebody looks, and not more often than that is worth.

import assert from "node:assert/strict";
import { createEmitter } from "../../client/emitter.js";
import { keepFresh } from "../../client/views/keepFresh.js";

describe("asking hosts again", () => {
  const setup = ({ retry = 60_000, ...pace }: { every: number; least: number; retry?: number }) => {
    const [seen, focus] = [createEmitter<void>(), createEmitter<void>()];
    const now = { isSeen: true, isFocused: true, rounds: 0, retries: 0 };
    const going = keepFresh(
      {
        isSeen: () => now.isSeen,
        onDidChangeSeen: seen.event,
        isFocused: () => now.isFocused,
        onDidChangeFocus: focus.event,
        refresh: () => {
          now.rounds += 1;
        },
        retry: () => {
          now.retries += 1;
        },
      },
      { ...pace, retry },
    );
    return { now, seen, focus, going };
  };

  it("happens when the window gets the focus back and a view is seen", () => {
    const { now, focus, going } = setup({ every: 60_000, least: 0 });
    now.isFocused = false;
    focus.fire();
    assert.equal(now.rounds, 0);
    now.isFocused = true;
    focus.fire();
    assert.equal(now.rounds, 1);
    now.isSeen = false;
    focus.fire();
    assert.equal(now.rounds, 1);
    going.dispose();
    now.isSeen = true;
    focus.fire();
    assert.equal(now.rounds, 1);
  });

  it("doesn't happen again at once", () => {
    const { now, seen, focus, going } = setup({ every: 60_000, least: 60_000 });
    seen.fire();
    focus.fire();
    assert.equal(now.rounds, 0);
    going.dispose();
  });

  it("happens from time to time while a view is seen, and stops with it", async () => {
    const { now, going } = setup({ every: 5, least: 0 });
    // The clock of the interval doesn't keep the process alive; this one does.
    for (let tries = 0; now.rounds < 3 && tries < 400; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(now.rounds >= 3);
    going.dispose();
  });

  it("happens sooner to hosts that were silent, and not while nobody looks", async () => {
    const { now, going } = setup({ every: 60_000, least: 0, retry: 5 });
    for (let tries = 0; now.retries < 2 && tries < 400; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(now.retries >= 2);
    now.isSeen = false;
    const before = now.retries;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.deepEqual([now.retries, now.rounds], [before, 0]);
    going.dispose();
  });
});
