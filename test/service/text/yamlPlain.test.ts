// The reader of plain YAML gives the very tree that the `yaml` package gives, or nothing: on every fixture, and on random lines of
// the kinds that it reads, in right and wrong columns.

import assert from "node:assert/strict";
import { readPlain } from "../../../server/service/text/yaml/plain.js";
import { readYaml } from "../../../server/service/text/yaml/tree.js";
import { fixtureCases } from "../../harness/fixtures.js";
import { randomFrom } from "../../harness/random.js";
import { shown } from "./shown.js";

describe("the reader of plain YAML", function () {
  this.timeout(60_000);

  it("gives the package's tree of most fixtures", () => {
    const texts = fixtureCases().flatMap(({ fixture }) => fixture.files.filter(({ path }) => /\.ya?ml$/.test(path)));
    const plain = texts.filter(({ text }) => isPlain(text) && isPlain(text.replaceAll("\n", "\r\n")));
    assert.ok(plain.length > texts.length / 2, `${plain.length} of ${texts.length} are plain`);
  });

  it("gives it of random lines", () => {
    const random = randomFrom(11);
    const pick = <One>(from: readonly One[]): One => {
      const one = from[Math.floor(random() * from.length)];
      assert.ok(one !== undefined);
      return one;
    };
    let plain = 0;
    for (let i = 0; i < 20_000; i++) {
      const lines: string[] = [];
      let column = 0;
      // Few lines are odd, else hardly any text would be read to its end.
      const part = <One>(usual: readonly One[], odd: readonly One[]): One => pick(random() < 0.06 ? odd : usual);
      for (let line = 0; line < 1 + random() * 7; line++) {
        const dash = part(["", "", "- "], DASHES);
        const [key, value] = [part(["a: ", "b.c/d-e: "], KEYS), part(["b", "c d"], VALUES)];
        const isHead = random() < 0.3;
        // What is being typed: a word that wants to be a key, a dash.
        const isBegun = random() < 0.06;
        const begun = pick(["w", "x-y", "$1", "w.x", "w/y", "w z", "-", "- w"]);
        const content = isBegun ? begun : dash + (isHead ? key.trimEnd() : key + value);
        lines.push(`${" ".repeat(column)}${content}${part(["", " # c"], ENDS)}`);
        column = Math.max(0, column + (isHead ? 2 : 0) + (dash === "- " ? 2 : 0) + pick([0, 0, 0, 0, -2, -4, 1]));
      }
      if (isPlain(lines.join(random() < 0.9 ? "\n" : "\r\n") + pick(["", "\n"]))) plain++;
    }
    assert.ok(plain > 500, `${plain} are plain`);
  });

  it("leaves to the package what it doesn't know", () => {
    const OTHERS = [
      "",
      "a",
      "# a",
      "a\nb: c",
      "a: b\nc.d\ne: f",
      "a:\n  b: c\n  d\n    e",
      "-\n  a: b",
      "a: b: c",
      "a: &b c",
      "a: *b",
      "a: !t b",
      "a: |\n  b",
      "a: [b\n]",
      "a: [b,]",
      "a: {b}",
      "[a]: b",
      "? a",
    ];
    const MORE = [
      "a: b\n  c",
      "a: 'b\n  c'",
      'a: "\\n"',
      "a: 'it''s'",
      "---\na: b",
      "a: b\n---\n",
      "\ta: b",
      "a:\tb",
      "%a: b",
      "\ufeffa: b",
    ];
    for (const text of [...OTHERS, ...MORE]) assert.equal(readPlain(text), undefined, text);
    assert.equal(readPlain(`${"- ".repeat(60)}a`), undefined);
    assert.equal(readPlain(`${[...Array(60).keys()].map((at) => `${" ".repeat(at)}a:`).join("\n")} b`), undefined);
  });
});

/** Whether it is read at all; what is read has to be right. */
function isPlain(text: string): boolean {
  const tree = readPlain(text);
  if (tree) assert.deepEqual(shown(tree), shown(readYaml(text)), JSON.stringify(text));
  return tree !== undefined;
}

const DASHES = ["", "", "", "", "- ", "- ", "-   ", "-", "- - "];
const KEYS = [
  "a: ",
  "b.c/d-e: ",
  "$x: ",
  "1: ",
  "_: ",
  '"q r": ',
  "'s': ",
  "a:",
  "a :  ",
  "",
  "word ",
  "<<: ",
  "no: :",
];
const VALUES = [
  "",
  "",
  "",
  "b",
  "a b  c",
  "-1",
  "-x-",
  "-",
  "- x",
  "~",
  "null",
  "0x1F",
  "1.5",
  "http://x:1/#y",
  "a#b",
  "a:b",
  "a: b",
].concat([
  '"x: y # z"',
  "'[ ]'",
  '"',
  "'it''s'",
  '"\\"',
  '"a"b',
  "''",
  "[]",
  "{}",
  "[ ]",
  "[a]",
  "{a: b}",
  "[a,b , c d]",
  "[ \"a, ]\", 'b' ]",
  "{ a: b, c: [d, {e: f g}], 'h': {} }",
  "[http://x:1/y, @a/b@1, .5, /c, a: b]",
  "[http://x:1/y, a/b@1, .5, /c, d-e:f]",
  "[-1, a]",
  "[a -b, c - d]",
  "[a:, b]",
  "{a:b}",
  "{a: }",
  '{"a":1}',
  "[a #b]",
  "[a#b]",
  "[a, [b], []]",
  "[a,]",
  "[,]",
  "{a: b,}",
  "[a",
  "{a: b",
  "[a] b",
  "[a]b",
  "[é]",
  "[a\tb]",
  "[a?b, c!d]",
  "[*a, &b c]",
  "|",
  ">-",
  "&a",
  "*a",
  "!t",
  "@a",
  "`",
  "%a",
  "..",
  "...",
  "---",
  "é ü",
  "\u00a0",
  "\u2028x",
  "😀",
  "a\tb",
  "(x)",
  "=",
  "+",
  "/a,b]c}",
  ">",
  "?x",
  ":x",
  "\u0001",
  "\u007f",
  "\u0085",
]);
const ENDS = ["", "", "", "", " ", "   ", " # c", "# c", "  #", "\t", "\r", "\n", "\n# c", "\n    # c", "\n   "];
