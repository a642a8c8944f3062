// What VS Code waits for when a YAML or JSON file makes it activate the extension: the bundle is loaded and `activate` is called,
// in a fresh process, with a `vscode` that does nothing.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import process from "node:process";
import { fromRoot } from "../harness/root.js";

/** Milliseconds of the extension host's main thread; the best of several tries, since others use the machine too. */
const LONGEST = 50;
const TRIES = 5;

/** Whatever is asked of it is there, can be called and does nothing. */
const ACTIVATE = `
  const any = () => new Proxy(function () {}, {
    get: (_, name) => (name === "then" ? undefined : name === Symbol.iterator ? function* () {} : any()),
    apply: () => any(),
    construct: () => any(),
  });
  const Module = require("node:module");
  const load = Module._load;
  const vscode = any();
  Module._load = (id, ...more) => (id === "vscode" ? vscode : load(id, ...more));
  const extension = { packageJSON: require(process.argv[2]) };
  const before = performance.now();
  require(process.argv[1]).activate({ extension, subscriptions: [] });
  console.log(performance.now() - before);
  process.exit();
`;

describe("the extension's activation", function () {
  this.timeout(60_000);

  it(`takes less than ${LONGEST} ms`, () => {
    const args = ["-e", ACTIVATE, fromRoot("dist", "client.js"), fromRoot("package.json")];
    const took = Array.from({ length: TRIES }, () =>
      Number(execFileSync(process.execPath, args, { encoding: "utf8" })),
    );
    assert.ok(Math.min(...took) < LONGEST, `milliseconds: ${took.join(", ")}`);
  });
});
