// Work that waits for its turn: in order for one key, at once for different ones, and free to leave while it waits.
import assert from "node:assert/strict";
import { createQueue } from "../../client/queue.js";

describe("the queue", () => {
  it("lets work with one key wait, and no other", async () => {
    const inTurn = createQueue();
    const done: string[] = [];
    const gate = held();
    const first = inTurn("a", async () => {
      await gate.opened;
      done.push("first");
    });
    const second = inTurn("a", async () => done.push("second"));
    await inTurn("b", async () => done.push("other"));
    gate.open();
    await Promise.all([first, second]);
    assert.deepEqual(done, ["other", "first", "second"]);
  });

  it("goes on after work that failed, whether it rejected or threw", async () => {
    const inTurn = createQueue();
    await assert.rejects(inTurn("a", () => Promise.reject(new Error("no"))));
    await assert.rejects(
      inTurn("a", () => {
        throw new Error("no");
      }),
    );
    assert.equal(await inTurn("a", async () => 3), 3);
  });

  it("lets who waits leave at once, and never begins that work", async () => {
    const inTurn = createQueue();
    const gate = held();
    const first = inTurn("a", () => gate.opened);
    const leave = new AbortController();
    let begun = false;
    const second = inTurn(
      "a",
      async () => {
        begun = true;
      },
      leave.signal,
    );
    leave.abort(new Error("left"));
    await assert.rejects(second, /left/);
    gate.open();
    await first;
    assert.equal(await inTurn("a", async () => "third"), "third");
    assert.equal(begun, false);
  });

  it("leaves work that has begun to itself", async () => {
    const inTurn = createQueue();
    const gate = held();
    const leave = new AbortController();
    const going = inTurn("a", () => gate.opened.then(() => "through"), leave.signal);
    await Promise.resolve().then(() => undefined);
    leave.abort();
    gate.open();
    assert.equal(await going, "through");
  });
});

function held(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
