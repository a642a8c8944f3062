// A page in a web view that never starts: it is given again, and in the end the user hears of it.

import assert from "node:assert/strict";
import { setTimeout as later } from "node:timers/promises";
import { awaitArrival } from "../../../client/preview/panel/arrival.js";

describe("a preview's page", () => {
  const watched = () => {
    const seen: string[] = [];
    const options = { give: () => void seen.push("given"), giveUp: () => void seen.push("given up"), patience: 20 };
    return { seen, options };
  };

  it("is given once when it speaks", async () => {
    const { seen, options } = watched();
    awaitArrival(options).came();
    await later(80);
    assert.deepEqual(seen, ["given"]);
  });

  it("is given three times when it is silent, and then given up", async () => {
    const { seen, options } = watched();
    awaitArrival(options);
    for (let turn = 0; turn < 100 && seen.length < 4; turn++) await later(20);
    await later(80);
    assert.deepEqual(seen, ["given", "given", "given", "given up"]);
  });

  it("is waited for no longer than its panel is there", async () => {
    const { seen, options } = watched();
    awaitArrival(options).dispose();
    await later(80);
    assert.deepEqual(seen, ["given"]);
  });
});
