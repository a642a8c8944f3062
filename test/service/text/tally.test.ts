// What a long list's members have in common is counted on from list to list, and is what counting all of them would give.

import assert from "node:assert/strict";
import { tally } from "../../../server/service/text/tally.js";

interface Word {
  readonly text: string;
}

const traits = ({ text }: Word): readonly string[] => [...new Set(text)];
const words = (...texts: readonly string[]): Word[] => texts.map((text) => ({ text }));

/** Traits that nobody has may be left as noughts. */
const counted = (counts: ReadonlyMap<string, number>) => [...counts].filter(([, count]) => count !== 0).sort();
const countedAnew = (list: readonly Word[]) => counted(tally(traits)([...list]));

describe("a tally", () => {
  it("looks at the members that came and went alone", () => {
    const asked: string[] = [];
    const among = tally((word: Word) => {
      asked.push(word.text);
      return traits(word);
    });
    const first = words("ab", "bc", "cd");
    among(first);
    asked.length = 0;
    const next = first.with(1, { text: "xy" });
    assert.deepEqual(counted(among(next)), countedAnew(next));
    assert.deepEqual(asked, ["bc", "xy"]);
    among(next);
    assert.equal(asked.length, 2);
  });

  it("of another list is counted anew", () => {
    const among = tally(traits);
    among(words("ab", "bc"));
    const other = words("de", "ef", "fg");
    assert.deepEqual(counted(among(other)), countedAnew(other));
    assert.deepEqual(counted(among([])), []);
    assert.deepEqual(counted(among(other)), countedAnew(other));
  });

  it("is right after any edits, also where a member stands twice", () => {
    const among = tally(traits);
    const some = words("a", "ab", "bc", "abc", "", "ccc");
    let [seed, list]: [number, readonly Word[]] = [7, some];
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 500; round++) {
      const added = words("a", "bc", "d").slice(0, random(4));
      const again = some.slice(0, random(2));
      list = list.toSpliced(random(list.length + 1), random(4), ...added, ...again).slice(0, 40);
      assert.deepEqual(counted(among(list)), countedAnew(list), `round ${round}`);
    }
  });
});
