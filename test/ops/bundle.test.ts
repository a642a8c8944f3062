// Bundles of any system: files, made texts and facts in one reproducible archive, read back as they were.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { openBundle, writeBundle } from "../../client/ops/index.js";
import { hostError } from "./support/errors.js";
import { removeTemporary, temporary, write } from "./support/places.js";

describe("bundles", () => {
  afterEach(removeTemporary);

  it("hold files, texts and facts below package/, sorted, and give equal bytes for equal input", async () => {
    const folder = await write(await temporary(), { "b.txt": "b", "@a.txt": "a" });
    const files = [
      { path: "b.txt", bytes: 1 },
      { path: "@a.txt", bytes: 1 },
    ];
    const rest = { folder, files, texts: [{ path: "made/c.yaml", text: "c: 1\n" }], facts: { image: "x:1" } };
    const first = await writeBundle({ ...rest, file: path.join(await temporary(), "one.tgz") });
    const second = await writeBundle({ ...rest, file: path.join(await temporary(), "two.tgz") });
    assert.deepEqual(await readFile(first.path), await readFile(second.path));
    const members = execFileSync("tar", ["-tzf", first.path], { encoding: "utf8" }).trim().split("\n");
    assert.deepEqual(members, ["package/.plugsmith.json", "package/@a.txt", "package/b.txt", "package/made/c.yaml"]);
    const back = await openBundle(first.path, ["made/c.yaml"]);
    assert.deepEqual(back.facts, { image: "x:1" });
    assert.deepEqual(back.entries, ["@a.txt", "b.txt", "made/c.yaml"]);
    assert.deepEqual([...back.texts], [["made/c.yaml", "c: 1\n"]]);
    assert.equal(back.sha256, first.sha256);
  });

  it("refuse a file that is no longer what the plan saw, and leave nothing", async () => {
    const folder = await write(await temporary(), { "b.txt": "changed" });
    const file = path.join(await temporary(), "one.tgz");
    const making = writeBundle({ folder, files: [{ path: "b.txt", bytes: 1 }], file });
    assert.match((await hostError(making)).message, /"b\.txt" changed while it was packed/);
    await assert.rejects(readFile(file));
  });

  it("hold small and large files, and paths of any length, as tar reads them", async () => {
    const texts: Record<string, string> = { empty: "", block: "b".repeat(512), large: "l".repeat(600_000) };
    for (let i = 0; i < 40; i++) texts[`${"long".repeat(i)}/f${i}.txt`] = `${i}`.repeat(i * i);
    const folder = await write(await temporary(), texts);
    const files = Object.entries(texts).map(([at, text]) => ({ path: at, bytes: text.length }));
    const { path: file } = await writeBundle({ folder, files, file: path.join(await temporary(), "many.tgz") });
    const unpacked = await temporary();
    execFileSync("tar", ["-xzf", file, "-C", unpacked]);
    for (const [at, text] of Object.entries(texts))
      assert.equal(await readFile(path.join(unpacked, "package", at), "utf8"), text, at);
  });

  it("refuse a link that took a file's place, without following it", async () => {
    const folder = await write(await temporary(), { "a.txt": "a" });
    await symlink(path.join(folder, "a.txt"), path.join(folder, "b.txt"));
    const file = path.join(await temporary(), "one.tgz");
    const making = writeBundle({ folder, files: [{ path: "b.txt", bytes: 1 }], file });
    assert.match((await hostError(making)).message, /"b\.txt" changed while it was packed/);
  });

  it("are refused when their facts can't be read", async () => {
    const folder = await write(await temporary(), { "package/.plugsmith.json": "{" });
    const file = path.join(await temporary(), "odd.tgz");
    execFileSync("tar", ["-czf", file, "-C", folder, "package"]);
    assert.match((await hostError(openBundle(file, []))).message, /facts that can't be read/);
    await writeFile(file, "no tar");
    assert.match((await hostError(openBundle(file, []))).message, /not a readable/);
  });
});
