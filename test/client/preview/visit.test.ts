// What is told of a frame whose pages say, or don't say, that they are here.

import assert from "node:assert/strict";
import { astray, createVisit } from "../../../client/preview/visit.js";

describe("a frame's visit to a preview", () => {
  const visiting = () => {
    const told: string[] = [];
    const waiting: (() => void)[] = [];
    const visit = createVisit({ tell: (text) => void told.push(text), later: (work) => void waiting.push(work) });
    const wait = () => {
      for (const work of waiting.splice(0)) work();
    };
    return { visit, told, wait, here: () => visit.took({ plugsmith: "here" }) };
  };
  it("goes from page to page without a word", () => {
    const { visit, told, wait, here } = visiting();
    here();
    visit.loaded();
    here();
    visit.loaded();
    wait();
    visit.loaded();
    here();
    wait();
    assert.deepEqual(told, []);
  });
  it("is told to be astray when something loads that does not speak, once each time", () => {
    const { visit, told, wait, here } = visiting();
    here();
    visit.loaded();
    wait();
    visit.loaded();
    wait();
    assert.deepEqual(told, [astray]);
    here();
    visit.loaded();
    wait();
    assert.equal(told.length, 1);
    visit.loaded();
    wait();
    assert.equal(told.length, 2);
  });
  it("is of no interest where no page is of ours", () => {
    const { visit, told, wait } = visiting();
    visit.loaded();
    visit.loaded();
    wait();
    assert.deepEqual(told, []);
  });
  it("passes on what is said, each once and in bounds, and takes nothing of a page's own", () => {
    const { visit, told } = visiting();
    for (const data of [null, 1, "here", {}, { type: "PluginRegisterEvent" }]) assert.equal(visit.took(data), false);
    for (const text of ["a", "a", "b".repeat(5000), 7]) assert.equal(visit.took({ plugsmith: "said", text }), true);
    assert.deepEqual([told[0], told[1]?.length, told.length], ["a", 300, 2]);
    for (let count = 0; count < 1000; count += 1) visit.took({ plugsmith: "said", text: String(count) });
    assert.equal(told.length, 50);
  });
});
