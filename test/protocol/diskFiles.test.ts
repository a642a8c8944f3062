// What rules are told of a real disk: asked as seldom as possible, and never wrong for long.

import assert from "node:assert/strict";
import fs from "node:fs";
import { diskFiles } from "../../server/workspace/index.js";
import { ownFolder } from "./ownFolder.js";

describe("files of the workspace", () => {
  const own = ownFolder();
  const { at, write } = own;

  it("tells absence from ignorance", () => {
    write("a.txt", "a");
    const files = diskFiles();
    assert.equal(files.kind(at("a.txt")), "file");
    assert.equal(files.kind(own.path), "directory");
    assert.equal(files.kind(at("none")), "none");
    assert.equal(files.kind(at("a.txt/below")), "none");
    assert.equal(files.kind("/proc/self/mem\0"), "none");
    assert.equal(files.list(at("none")), undefined);
    assert.equal(files.real(at("none")), undefined);
  });

  it("keeps an answer until it ages or is invalidated", () => {
    let time = 0;
    const files = diskFiles({ maxAge: 1000, now: () => time });
    assert.equal(files.kind(at("late.txt")), "none");
    write("late.txt", "late");
    assert.equal(files.kind(at("late.txt")), "none");
    time = 1001;
    assert.equal(files.read(at("late.txt")), "late");
    fs.rmSync(at("late.txt"));
    files.invalidate(at("late.txt"));
    assert.equal(files.kind(at("late.txt")), "none");
  });

  it("finds what comes into a folder where much was asked for in vain", () => {
    let time = 0;
    const files = diskFiles({ maxAge: 1000, now: () => time });
    const names = Array.from({ length: 20 }, (_, i) => `none_${i}`);
    const kinds = () =>
      names.flatMap((name) => [`${name}.py`, `${name}/a/b.py`, `src/${name}/a.py`].map(at).map(files.kind));
    write("here.py", "");
    assert.deepEqual([...new Set(kinds())], ["none"]);
    assert.equal(files.kind(at("here.py")), "file");
    write("none_7.py", "");
    write("none_8/a/b.py", "");
    write("src/none_9/a.py", "");
    assert.deepEqual([...new Set(kinds())], ["none"]);
    time = 1001;
    assert.equal(kinds().filter((kind) => kind === "file").length, 3);
    fs.rmSync(at("src"), { recursive: true });
    write("none_1.py", "");
    files.invalidate(at("src"));
    assert.equal(kinds().filter((kind) => kind === "file").length, 3);
    files.setOverlay(at("none_3.py"), { getText: () => "" });
    assert.equal(files.kind(at("none_3.py")), "file");
  });

  it("asks the disk a few times for many files that aren't there", () => {
    const files = diskFiles();
    for (let i = 0; i < 20; i++) files.kind(at(`none_${i}.py`));
    write("none_20.py", "");
    assert.equal(files.kind(at("none_20.py")), "none");
    write("folder/file.py", "");
    assert.equal(files.kind(at("folder/file.py")), "none");
    files.invalidate(at("folder"));
    assert.equal(files.kind(at("folder/file.py")), "file");
  });

  it("asks no more for what a walk has seen", () => {
    let time = 0;
    const files = diskFiles({ maxAge: 1000, now: () => time });
    write("here/a.txt", "");
    fs.symlinkSync(at("here/a.txt"), at("here/link"));
    for (const one of [own.path, at("here")]) files.listed(one, fs.readdirSync(one, { withFileTypes: true }));
    write("here/.env", "");
    write("here/below/b.txt", "");
    assert.deepEqual(
      ["a.txt", "link"].map((name) => files.kind(at(`here/${name}`))),
      ["file", "file"],
    );
    assert.deepEqual(
      [".env", "below/b.txt"].map((name) => files.kind(at(`here/${name}`))),
      ["none", "none"],
    );
    for (const name of ["here", "here/a.txt", "here/link", "here/odd name"])
      assert.equal(files.real(at(name)), diskFiles().real(at(name)), name);
    time = 1001;
    assert.deepEqual(
      [".env", "below/b.txt"].map((name) => files.kind(at(`here/${name}`))),
      ["file", "file"],
    );
    files.listed(at("here"), []);
    assert.equal(files.kind(at("here/a.txt")), "none");
    files.invalidate(at("here/a.txt"));
    assert.equal(files.kind(at("here/a.txt")), "file");
  });

  it("prefers the text of an open editor", () => {
    write("a.txt", "disk");
    const files = diskFiles();
    files.setOverlay(at("a.txt"), { getText: () => "editor" });
    assert.equal(files.read(at("a.txt")), "editor");
    assert.equal(new TextDecoder().decode(files.bytes(at("a.txt"))), "editor");
    files.setOverlay(at("a.txt"), undefined);
    assert.equal(files.read(at("a.txt")), "disk");
  });

  it("lists by name, with links as links", () => {
    write("b.txt", "");
    write("a/x.txt", "");
    fs.symlinkSync(at("b.txt"), at("c"));
    assert.deepEqual(diskFiles().list(own.path), [
      { name: "a", kind: "directory" },
      { name: "b.txt", kind: "file" },
      { name: "c", kind: "link" },
    ]);
  });

  it("does not read what is too large for a manifest", () => {
    fs.writeFileSync(at("large.yaml"), Buffer.alloc(9 * 1024 * 1024, "a"));
    assert.equal(diskFiles().read(at("large.yaml")), undefined);
    assert.equal(diskFiles().stat(at("large.yaml"))?.size, 9 * 1024 * 1024);
  });
});
