// Remotes as a plugin host would find them, clones into its directory, and working copies: by the real git.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { errorText } from "../../../client/ops/index.js";
import { openDirectory } from "../../../client/ops/transports/directory/index.js";
import { cloneInto } from "../../../client/ops/transports/git/clone.js";
import { parseRefs, remoteRefs } from "../../../client/ops/transports/git/remote.js";
import { isSsh } from "../../../client/ops/transports/git/remoteGit.js";
import { notInRemote, workingCopy } from "../../../client/ops/transports/git/workingCopy.js";
import { hostError } from "../support/errors.js";
import { git, gitServer, repository } from "../support/gitRepositories.js";
import { removeTemporary, temporary, write } from "../support/places.js";
import { until } from "../support/waiting.js";

const signal = new AbortController().signal;
const step = "check";
const pass = "planted-p@ssword-0123456789";

describe("a git remote", function () {
  this.timeout(15_000);
  afterEach(removeTemporary);

  it("tells its branches, tags and default branch, over HTTP and from a folder", async () => {
    const made = await repository();
    const server = await gitServer(made);
    try {
      for (const address of [server.url, made.remote, `file://${made.remote}`]) {
        const { defaultBranch, branches, tags } = await remoteRefs({ step, address, signal });
        assert.equal(defaultBranch, "main");
        assert.deepEqual([...branches.keys()].sort(), ["main", "next"]);
        const commit = git(made.folder, "rev-parse", "main").trim();
        assert.deepEqual([...tags].sort(), [
          ["light", commit],
          ["v1", commit],
        ]);
      }
    } finally {
      await server.stop();
    }
  });
  it("gets credentials in the request alone, and they are in nothing that is said", async () => {
    const made = await repository();
    const server = await gitServer(made, pass);
    try {
      const credentials = { user: "robot", pass };
      assert.equal((await remoteRefs({ step, address: server.url, signal, credentials })).branches.size, 2);
      const none = await hostError(remoteRefs({ step, address: server.url, signal }));
      assert.deepEqual(
        [none.kind, none.next],
        ["forbidden", "sign in to it with git on this machine (a credential helper or an ssh key), then try again"],
      );
      const wrong = await hostError(
        remoteRefs({ step, address: server.url, signal, credentials: { user: "robot", pass: `${pass}x` } }),
      );
      assert.equal(wrong.kind, "forbidden");
      const inside = server.url.replace("://", `://robot:${encodeURIComponent(pass)}x@`);
      const written = await hostError(remoteRefs({ step, address: inside, signal }));
      for (const error of [none, wrong, written]) {
        const all = `${errorText(error)} ${error.stack ?? ""} ${String(error.cause)} ${error.cause instanceof Error ? error.cause.stack : ""}`;
        for (const planted of [pass, encodeURIComponent(pass), Buffer.from(`robot:${pass}x`).toString("base64")]) {
          assert.ok(!all.includes(planted), all);
        }
      }
      const other = await gitServer(made);
      server.reply = { redirect: other.url.replace(/\/[^/]*$/, "") };
      const redirected = await hostError(remoteRefs({ step, address: server.url, signal, credentials }));
      await other.stop();
      assert.equal(redirected.kind, "refused", errorText(redirected));
      assert.deepEqual(other.seen, []);
    } finally {
      await server.stop();
    }
  });
  it("that is not there, is closed, or has trouble is told of", async () => {
    const made = await repository();
    const server = await gitServer(made);
    const told = async (address: string) => errorText(await hostError(remoteRefs({ step, address, signal })));
    try {
      assert.match(
        await told(server.url.replace("plugin", "none")),
        /^there is no repository at http.*none\.git .*correct the address/,
      );
      assert.match(await told(path.join(made.folder, "none")), /^there is no repository at /);
      server.reply = { status: 403 };
      assert.match(await told(server.url), /^you may not read http/);
      server.reply = { status: 500 };
      assert.match(await told(server.url), /could not be reached/);
    } finally {
      await server.stop();
    }
    assert.match(await told(server.url), /could not be reached .*correct the address, or connect to its network/);
  });
  it("that never answers is given up after its time or by the signal, and nothing goes on in the background", async () => {
    const server = await gitServer(await repository());
    try {
      server.reply = "silence";
      const late = await hostError(remoteRefs({ step, address: server.url, signal, timeout: 500 }));
      assert.deepEqual([late.kind, late.timedOut], ["unreachable", true]);
      const stop = new AbortController();
      const going = hostError(remoteRefs({ step, address: server.url, signal: stop.signal }));
      await until(() => server.seen.length === 2);
      stop.abort();
      assert.equal((await going).kind, "cancelled");
      await until(async () => (await server.connections()) === 0);
      assert.equal(
        (await hostError(remoteRefs({ step, address: server.url, signal: AbortSignal.abort() }))).kind,
        "cancelled",
      );
    } finally {
      await server.stop();
    }
  });
  it("is not asked at an address that would make git do something else", async () => {
    for (const address of ["", "--upload-pack=touch x", "ext::sh -c touch", "a\nb"]) {
      assert.equal((await hostError(remoteRefs({ step, address, signal }))).kind, "refused", address);
    }
  });
  it("is reached by ssh without questions", async () => {
    const folder = await write(await temporary(), { ssh: '#!/bin/sh\necho "$@" > "$(dirname "$0")/said"\nexit 255\n' });
    process.env.GIT_SSH_COMMAND = `sh ${path.join(folder, "ssh")}`;
    try {
      assert.equal((await hostError(remoteRefs({ step, address: "git@git.example.org:a/b.git", signal }))).step, step);
    } finally {
      delete process.env.GIT_SSH_COMMAND;
    }
    assert.match(await readFile(path.join(folder, "said"), "utf8"), /-o BatchMode=yes .*git@git\.example\.org/);
    assert.deepEqual(["ssh://a/b", "git@ho:a", "host:a/b"].map(isSsh), [true, true, true]);
    assert.deepEqual(["https://a/b", "/a:b", "file:///a", "./a", "C:\\a"].map(isSsh), [
      false,
      false,
      false,
      false,
      false,
    ]);
  });
  it("with nothing in it has nothing", () => {
    assert.deepEqual(parseRefs(""), { branches: new Map(), tags: new Map() });
  });
});

describe("a clone in a directory of plugins", function () {
  this.timeout(15_000);
  afterEach(removeTemporary);

  it("stands at what its ref means to the host", async () => {
    const made = await repository();
    const root = await temporary();
    const directory = openDirectory({ directory: root, insideGit: "refuse" });
    const options = { step: "upload", address: made.remote, signal, directory };
    const { commit, replaced } = await cloneInto({ ...options, plugin: "hello", ref: "origin/next" });
    assert.deepEqual([commit, replaced], [git(made.folder, "rev-parse", "next").trim(), false]);
    assert.deepEqual((await readdir(path.join(root, "hello"))).sort(), [".git", "manifest.json", "next.js"]);
    assert.equal(git(path.join(root, "hello"), "remote", "get-url", "origin").trim(), made.remote);
    const again = await hostError(cloneInto({ ...options, plugin: "hello", ref: "origin/next" }));
    assert.match(again.message, /is a git checkout, which the host keeps up to date itself/);
    const wrong = await hostError(cloneInto({ ...options, plugin: "other", ref: "next" }));
    assert.match(
      errorText(wrong),
      /does not find the branch "next" by this name.*has what it had; write "origin\/next"/,
    );
    assert.deepEqual(await readdir(root), ["hello"]);
  });
  it("is whole or not there", async () => {
    const made = await repository();
    const root = await temporary();
    const directory = openDirectory({ directory: root });
    const server = await gitServer(made);
    try {
      const stop = new AbortController();
      const options = { step: "upload", address: server.url, directory, plugin: "hello", ref: "v1" };
      await remoteRefs({ step, address: server.url, signal });
      const looked = server.seen.length;
      const going = hostError(cloneInto({ ...options, signal: stop.signal }));
      await until(() => server.seen.length > 2 * looked);
      server.reply = "silence";
      stop.abort();
      const error = await going;
      assert.deepEqual([error.kind, error.hostNow], ["cancelled", `${root} has what it had`]);
      assert.deepEqual(await readdir(root), []);
    } finally {
      await server.stop();
    }
  });
});

describe("a working copy", function () {
  this.timeout(15_000);
  afterEach(removeTemporary);

  it("tells what a host that fetches it would not get", async () => {
    const made = await repository();
    const clean = await workingCopy({ folder: made.folder, signal });
    assert.ok(clean);
    assert.deepEqual([clean.branch, clean.changed, clean.unpushed], ["main", [], 0]);
    assert.deepEqual(notInRemote(clean), []);
    await made.commit("sub/a.js", "a");
    await write(made.folder, { "sub/a.js": "b", "sub/new.js": "", "elsewhere.txt": "" });
    const copy = await workingCopy({ folder: path.join(made.folder, "sub"), signal });
    assert.ok(copy);
    assert.deepEqual([copy.changed, copy.unpushed], [["sub/a.js", "sub/new.js"], 1]);
    assert.deepEqual(notInRemote(copy), [
      "uncommitted changes will not be in it: sub/a.js and 1 more; commit and push them first",
      "1 commit is not pushed and will not be in it; push first",
    ]);
  });
  it("without a remote, detached or nowhere is told as well", async () => {
    const made = await repository();
    git(made.folder, "remote", "set-url", "origin", `https://robot:${pass}@git.example.org/a.git`);
    git(made.folder, "checkout", "--quiet", "--detach");
    const detached = await workingCopy({ folder: made.folder, signal });
    assert.deepEqual(
      [detached?.branch, detached?.remotes],
      [undefined, [{ name: "origin", address: "https://•••@git.example.org/a.git" }]],
    );
    git(made.folder, "remote", "remove", "origin");
    const alone = await workingCopy({ folder: made.folder, signal });
    assert.ok(alone);
    assert.deepEqual(notInRemote(alone), ["the repository has no remote yet; push it to one that the host can reach"]);
    assert.equal(await workingCopy({ folder: await temporary(), signal }), undefined);
  });
});
