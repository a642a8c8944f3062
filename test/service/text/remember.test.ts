// What is derived is made once for what it is made of, and again where that has changed.

import assert from "node:assert/strict";
import { grouped, lookUp } from "../../../server/service/text/grouped.js";
import { remember, rememberText } from "../../../server/service/text/remember.js";

describe("what is derived", () => {
  it("is made once for each object, also where it is nothing", () => {
    let made = 0;
    const lengthOf = remember((list: readonly string[]) => {
      made++;
      return list.length || undefined;
    });
    const [some, none] = [["a"], []];
    assert.deepEqual([lengthOf(some), lengthOf(some), lengthOf(none), lengthOf(none)], [1, 1, undefined, undefined]);
    assert.equal(made, 2);
  });

  it("of a file's text is made once for each text, path and owner", () => {
    const made: string[] = [];
    const read = rememberText((text, path) => made.push(`${path}: ${text}`));
    const [one, other] = [{}, {}];
    assert.deepEqual([read(one, "/a", "x"), read(one, "/a", "x"), read(one, "/b", "x")], [1, 1, 2]);
    assert.deepEqual([read(other, "/a", "x"), read(one, "/a", "y"), read(one, "/a", "x")], [3, 4, 5]);
    assert.deepEqual(made, ["/a: x", "/b: x", "/a: x", "/a: y", "/a: x"]);
  });

  it("of more files than may be kept is made again", () => {
    let made = 0;
    const read = rememberText(() => ++made, 2);
    const owner = {};
    for (const path of ["/a", "/b", "/b", "/a", "/c", "/a", "/c"]) read(owner, path, "x");
    assert.equal(made, 4);
  });

  it("of a list is found under each of its keys, in the list's order", () => {
    let asked = 0;
    const withLetter = lookUp((word: string) => {
      asked++;
      return new Set(word);
    });
    const words = ["ab", "bc", "aa"];
    assert.deepEqual(
      [withLetter(words, "a"), withLetter(words, "b"), withLetter(words, "x")],
      [["ab", "aa"], ["ab", "bc"], []],
    );
    assert.equal(asked, words.length);
    assert.deepEqual(
      [...grouped([1, 2, 3], (n) => [n % 2])],
      [
        [1, [1, 3]],
        [0, [2]],
      ],
    );
  });
});
