// Work that is asked for while it runs: once more afterwards, never at the same time.

import assert from "node:assert/strict";
import { oneAtATime } from "../../client/oneAtATime.js";

describe("work one at a time", () => {
  it("runs once more for all that asked meanwhile, and so shows the latest last", async () => {
    const shown: string[] = [];
    const ends: (() => void)[] = [];
    let text = "first";
    let running = 0;
    const work = async () => {
      running += 1;
      assert.equal(running, 1);
      const seen = text;
      await new Promise<void>((resolve) => ends.push(resolve));
      shown.push(seen);
      running -= 1;
    };
    const runs = oneAtATime(work, (error) => assert.fail(String(error)));
    const first = runs.call();
    await turn();
    text = "second";
    void runs.call();
    text = "third";
    const last = runs.call();
    ends.shift()?.();
    await first;
    await turn();
    ends.shift()?.();
    await last;
    assert.deepEqual(shown, ["first", "third"]);
    assert.equal(ends.length, 0);
  });

  it("tells of a failure, and runs again afterwards", async () => {
    const told: unknown[] = [];
    let count = 0;
    const runs = oneAtATime(
      async () => {
        count += 1;
        if (count === 1) throw new Error("once");
      },
      (error) => void told.push(String(error)),
    );
    await runs.call();
    await runs.call();
    assert.deepEqual([count, told], [2, ["Error: once"]]);
  });
});

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
