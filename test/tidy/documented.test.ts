// Commands of the terminal stand in the guides as they can be run: with options that there are, and all operands.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
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

  it("can be run where the command's own help says it", () => {
    for (const { name, examples } of commands) {
      for (const example of examples) {
        const [, line = ""] = /\bplugsmith (.*?)(?:\s*(?:#|>|&).*)?$/.exec(example) ?? [];
        const [first, ...rest] = wordsOf(line);
        const command = commands.find((one) => one.name === first);
        assert.ok(command !== undefined && examples.some((one) => one.includes(`plugsmith ${name}`)), example);
        assert.doesNotThrow(() => parse(command, rest), example);
      }
    }
  });

  it("makes a workflow of GitHub Actions as their syntax wants it", () => {
    const text = readFileSync(fromRoot("docs", "cli.md"), "utf8");
    const [, workflow = ""] = /^```yaml\n(on:[\s\S]*?)^```/m.exec(text) ?? [];
    const { on, jobs, ...more } = parseYaml(workflow, { strict: true });
    assert.deepEqual([on, more], [["push", "pull_request"], {}]);
    for (const [name, job] of Object.entries<Record<string, unknown>>(jobs)) {
      const { "runs-on": runsOn, permissions, steps, ...rest } = job;
      assert.match(name, /^[A-Za-z_][\w-]*$/);
      assert.deepEqual([typeof runsOn, rest], ["string", {}]);
      // Uploading SARIF needs the second; naming one takes away all that isn't named.
      assert.deepEqual(permissions, { contents: "read", "security-events": "write" });
      assert.ok(Array.isArray(steps));
      for (const step of steps) {
        const { uses, run, if: when, with: inputs, env, ...unknown } = step;
        assert.deepEqual(unknown, {});
        assert.notEqual(uses === undefined, run === undefined, JSON.stringify(step));
        if (uses !== undefined) assert.match(uses, /^[\w-]+(\/[\w-]+)+@v\d+$/);
        for (const value of [uses, run, when, ...Object.values({ ...inputs, ...env })])
          assert.ok(value === undefined || typeof value === "string", JSON.stringify(step));
      }
      const sarif = steps.find(({ with: inputs }) => inputs?.sarif_file !== undefined)?.with.sarif_file;
      assert.ok(steps.some(({ run }) => run?.endsWith(` --format sarif > ${sarif}`)));
    }
  });
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
