// The first of the two set-up commands, from the install to a VS Code and a local host that both answer.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "../driver/platform";

describe("npm start", () => {
  it("brings up VS Code and the local host, and ends them", async function () {
    this.timeout(150_000);
    const script = path.join(root, "scripts", "start.mjs");
    const { stderr } = await promisify(execFile)(process.execPath, [script, "--smoke"], { cwd: root });
    assert.match(stderr, /looking whether both answer/);
  });

  it("says what is wrong with an option it doesn't know", async () => {
    const script = path.join(root, "scripts", "start.mjs");
    const refused = promisify(execFile)(process.execPath, [script, "--desk"], { cwd: root });
    await assert.rejects(refused, /Unknown option '--desk'/);
  });
});
