// Which previews are open: one per thing that is previewed, also when it is asked for twice at once or closed while it opens.

import assert from "node:assert/strict";
import { createEnding } from "../../../client/preview/ending.js";
import { createPreviews } from "../../../client/preview/open.js";

describe("the open previews", () => {
  const preview = () => {
    const ending = createEnding();
    const seen: string[] = [];
    return {
      seen,
      made: {
        reveal: () => {
          assert.ok(!ending.hasCome, "a preview that is gone is shown");
          seen.push("revealed");
        },
        onDidClose: ending.hear,
        dispose: ending.come,
      },
    };
  };

  it("are opened once when they are asked for twice at once", async () => {
    const previews = createPreviews();
    const { made, seen } = preview();
    let opened = 0;
    const open = async () => {
      opened += 1;
      await soon();
      return made;
    };
    const both = await Promise.all([previews.show("a", open), previews.show("a", open)]);
    assert.deepEqual([both, opened, seen], [[true, true], 1, ["revealed"]]);
  });

  it("fail for the one who opened alone, and open at the next try", async () => {
    const previews = createPreviews();
    const fails = async () => {
      await soon();
      throw new Error("no kubectl");
    };
    const first = previews.show("a", fails);
    const second = previews.show("a", fails);
    await assert.rejects(first, /no kubectl/);
    assert.equal(await second, false);
    const { made } = preview();
    assert.equal(await previews.show("a", async () => made), true);
  });

  it("are opened anew after the user closed them, also while they were being opened", async () => {
    const previews = createPreviews();
    const first = preview();
    await previews.show("a", async () => {
      first.made.dispose();
      return first.made;
    });
    const second = preview();
    assert.equal(await previews.show("a", async () => second.made), true);
    assert.deepEqual([first.seen, second.seen], [[], []]);
    await previews.show("a", async () => assert.fail("it is open"));
    assert.deepEqual(second.seen, ["revealed"]);
  });

  it("end with the window, those that are being opened too", async () => {
    const previews = createPreviews();
    const { made } = preview();
    let isClosed = false;
    made.onDidClose(() => {
      isClosed = true;
    });
    const opening = previews.show("a", async () => {
      await soon();
      return made;
    });
    previews.dispose();
    await opening;
    await soon();
    assert.ok(isClosed);
  });
});

describe("the end of a preview", () => {
  it("takes along what is added after it", () => {
    const ending = createEnding();
    const ended: string[] = [];
    ending.keep({ dispose: () => void ended.push("server") });
    ending.come();
    ending.come();
    ending.keep({ dispose: () => void ended.push("watcher") });
    ending.hear(() => void ended.push("heard"));
    assert.deepEqual(ended, ["server", "watcher", "heard"]);
  });
});

async function soon(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
