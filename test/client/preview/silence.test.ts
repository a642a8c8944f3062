// Plugins that do not register: asked about at growing intervals, and what was said is taken back once they do.

import assert from "node:assert/strict";
import { createSilence } from "../../../client/preview/metaflow/page/silence.js";

describe("a plugin that has not registered", () => {
  const watched = (names: readonly string[]) => {
    const hidden = new Set(names);
    const asked: string[] = [];
    const waits: number[] = [];
    let due: (() => void) | undefined;
    const silence = createSilence({
      after: (milliseconds, work) => {
        waits.push(milliseconds);
        due = work;
        return () => {
          due = undefined;
        };
      },
      hidden: () => [...hidden].map((name) => ({ id: name, name, src: "", sandbox: "" })),
      ask: ({ name }) => void asked.push(name),
    });
    const pass = () => {
      const work = due;
      due = undefined;
      work?.();
      return work !== undefined;
    };
    return { silence, hidden, asked, waits, pass };
  };

  it("is asked about again and again, each time later", () => {
    const { silence, asked, waits, pass } = watched(["slow"]);
    silence.begin();
    for (let turn = 0; turn < 5; turn++) pass();
    assert.deepEqual(waits, [4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    assert.deepEqual(asked, Array(5).fill("slow"));
  });

  it("is no longer asked about once every plugin has come", () => {
    const { silence, hidden, asked, pass } = watched(["slow"]);
    silence.begin();
    pass();
    hidden.clear();
    assert.deepEqual([pass(), pass(), asked], [true, false, ["slow"]]);
  });

  it("is taken back when it comes late, also when the answer comes later still", () => {
    const { silence, hidden } = watched(["slow", "never"]);
    silence.begin();
    assert.equal(silence.told("slow", ["a script may have failed"]), true);
    assert.equal(silence.told("never", ["404"]), true);
    assert.deepEqual(silence.look(), []);
    hidden.delete("slow");
    assert.deepEqual(silence.look(), ["slow"]);
    assert.equal(silence.told("slow", ["a script may have failed"]), false);
    assert.deepEqual([...silence.reasons().keys()], ["never"]);
  });

  it("is told of once for each reason", () => {
    const { silence } = watched(["never"]);
    silence.begin();
    const told = ["404", "404", "no registration"].map((reason) => silence.told("never", [reason]));
    assert.deepEqual(told, [true, false, true]);
  });

  it("begins anew with a load", () => {
    const { silence, asked, pass } = watched(["never"]);
    silence.begin();
    silence.told("never", ["404"]);
    silence.begin();
    assert.equal(silence.reasons().size, 0);
    pass();
    assert.deepEqual([pass(), asked.length], [true, 2]);
  });
});
