// The build of a wheel by `python -m build` itself, in its own isolated environment. A machine whose Python has no `build` says so.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { packerOf } from "../../../client/ops/index.js";
import { removeTemporary, temporary } from "../support/places.js";
import { skipAloud } from "../support/skipping.js";
import { project } from "../support/skypilot/project.js";

/** Of those that a Debian or a user's own Python would be. */
const pythons = ["python3", "/usr/bin/python3"];

describe("SkyPilot's wheel, built by python -m build", function () {
  this.timeout(120_000);
  let python = "";
  before(function () {
    const found = pythons.find(hasBuild);
    if (found === undefined) return skipAloud(this, "no python3 here has the module build (Debian: python3-build)");
    python = execFileSync(found, ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  });
  afterEach(removeTemporary);

  it("is made without dependencies, the same twice, and leaves nothing in the project", async () => {
    const said: string[] = [];
    const folder = await project();
    const before = (await readdir(folder)).sort();
    const made = async () => {
      const packer = packerOf("skypilot");
      const plan = await packer.plan(folder, {});
      const file = path.join(await temporary(), "audit.tgz");
      const onStep = (text: string) => void said.push(text);
      return packer.write(plan, {
        file,
        signal: new AbortController().signal,
        onStep,
        tools: { executables: { python } },
      });
    };
    const [one, other] = [await made(), await made()];
    assert.ok(said.includes("building the wheel (python -m build)"), said.join("\n"));
    assert.equal(one.version, "0.1.0");
    assert.deepEqual(
      one.entries.filter((name) => name.endsWith(".whl")),
      ["example_audit-0.1.0-py3-none-any.whl"],
    );
    assert.equal(one.sha256, other.sha256);
    assert.deepEqual((await readdir(folder)).sort(), before);
  });
});

function hasBuild(python: string): boolean {
  try {
    execFileSync(python, ["-c", "import build.__main__"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
