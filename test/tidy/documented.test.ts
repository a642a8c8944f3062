// Commands of the terminal stand in the guides as they can be run: with options that there are, and all operands.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "../../client/cli/arguments.js";
import { commands } from "../../client/cli/commands/index.js";
import { fromRoot } from "../harness/root.js";

interface Written {
  readonly place: string;
  readonly words: readonly string[];
  /** In a running text, where a command may stand without what it takes. */
  readonly isMention: boolean;
}

/** To the end of the command: a comment, a redirection, an end of the string that holds it. */
const inBlock = /(?:^\s*"?|run: |: |and )plugsmith ([a-z][^#>&]*?)(?=\s*(?:$|#|>|&|, and |",?$))/g;
const inText = /`plugsmith ((?!help )[a-z][^`]*)`/g;

const pages = [
  "README.md",
  ...filesIn("docs", /^[^/]+\.md$/),
  ...filesIn("examples", /README\.md$/),
  ...filesIn("snippets/scaffolds", /\.json$/),
];

describe("what the guides say to run in a terminal", () => {
  const written = pages.flatMap(commandsIn);

  it("is found", () => assert.ok(written.length > 40, String(written.length)));

  for (const { place, words, isMention } of written) {
    it(`can be run: ${words.join(" ")}`, () => {
      const [name, ...rest] = words;
      const command = commands.find((one) => one.name === name);
      assert.ok(command, `${place}: there is no command ${name}`);
      try {
        parse(command, rest);
      } catch (error) {
        assert.ok(isMention && error instanceof Error && / needs [A-Z]/.test(error.message), `${place}: ${error}`);
      }
    });
  }
});

function commandsIn(file: string): readonly Written[] {
  const lines = readFileSync(fromRoot(file), "utf8").split("\n");
  let isFenced = file.endsWith(".json");
  return lines.flatMap((line, at) => {
    if (/^\s*```/.test(line)) isFenced = !isFenced;
    const found = isFenced ? line.matchAll(inBlock) : line.matchAll(inText);
    return [...found].map(([, command = ""]) => ({
      place: `${file}:${at + 1}`,
      words: wordsOf(command),
      isMention: !isFenced,
    }));
  });
}

function wordsOf(command: string): readonly string[] {
  const plain = command.replace(/[[\]]/g, "").trim();
  return [...plain.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
}

function filesIn(folder: string, wanted: RegExp): readonly string[] {
  const names = readdirSync(fromRoot(folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => wanted.test(name)).map((name) => path.posix.join(folder, name));
}
