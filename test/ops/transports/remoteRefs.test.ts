// A remote's branches and tags, asked of a real git where there is one; addresses that must never reach git.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { HostError } from "../../../client/ops/index.js";
import { fetchRefs } from "../../../client/ops/remoteRefs.js";
import { parseRefs } from "../../../client/ops/transports/git/remote.js";
import type { ProcessRequest } from "../../../client/ops/transports/process.js";

const { signal } = new AbortController();

describe("refs of a remote", function () {
  this.timeout(20_000);

  it("reads the default branch, branches and tags, each once", () => {
    const printed =
      "ref: refs/heads/main\tHEAD\n1\tHEAD\n1\trefs/heads/feature/x\n2\trefs/heads/main\n3\trefs/tags/v1\n4\trefs/tags/v1^{}\n";
    const { defaultBranch, branches, tags } = parseRefs(printed);
    assert.deepEqual([defaultBranch, [...branches.keys()], [...tags]], ["main", ["feature/x", "main"], [["v1", "4"]]]);
  });

  it("asks a real remote", async function () {
    if (!hasGit()) {
      console.log("      skipped: there is no git on this machine");
      this.skip();
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-remote-"));
    try {
      const git = (...args: readonly string[]) =>
        execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", ...args], {
          cwd: folder,
          stdio: "ignore",
        });
      git("init", "--initial-branch=trunk");
      git("commit", "--allow-empty", "-m", "one");
      git("branch", "next");
      git("tag", "-a", "v1.0.0", "-m", "v1.0.0");
      const repository = pathToFileURL(folder).href;
      const { at, ...refs } = await fetchRefs({ repository, signal }, {});
      assert.deepEqual(refs, { repository, head: "trunk", branches: ["next", "trunk"], tags: ["v1.0.0"] });
      assert.ok(Date.now() - at < 20_000);
      await assert.rejects(fetchRefs({ repository: `${repository}/absent`, signal }, {}), HostError);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it("never lets another transport or an option reach git", async () => {
    const run = () => assert.fail("git was started");
    for (const repository of [
      "ext::sh -c id",
      "--upload-pack=id",
      "-u",
      "fd::3",
      "/srv/git/a.git",
      "a b",
      "git.example.org",
    ])
      await assert.rejects(
        fetchRefs({ repository, signal }, { run }),
        (error) => error instanceof HostError && error.kind === "refused",
        repository,
      );
  });

  it("keeps credentials of an address out of what is said, and asks nobody for others", async () => {
    const asked: ProcessRequest[] = [];
    const run = async (request: ProcessRequest) => {
      asked.push(request);
      return { code: 128, out: "", err: "fatal: could not read from https://bot:hunter22@git.example.org/a.git" };
    };
    const failed = fetchRefs({ repository: "https://bot:hunter22@git.example.org/a.git", signal }, { run });
    await assert.rejects(failed, (error) => error instanceof HostError && !JSON.stringify(error).includes("hunter22"));
    assert.equal(asked[0]?.env?.GIT_TERMINAL_PROMPT, "0");
    assert.equal(asked[0]?.args[asked[0].args.indexOf("--") + 1], "https://bot:hunter22@git.example.org/a.git");
    assert.ok(asked[0]?.secrets?.includes("hunter22"));
    assert.equal(asked[0]?.cwd, os.homedir());
  });
});

function hasGit(): boolean {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
