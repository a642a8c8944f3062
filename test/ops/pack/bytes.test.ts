// The bytes of a package: heads as `tar` writes them, one gzip member whose blocks refer to each other, credentials wherever they stand.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { Header } from "tar/header";
import { Pax } from "tar/pax";
import { planPackage, writeBundle } from "../../../client/ops/index.js";
import { credentialIn } from "../../../client/ops/pack/credentials.js";
import { inspector } from "../../../client/ops/pack/inspect.js";
import { headOf } from "../../../client/ops/pack/tarHead.js";
import { plugin, removeTemporary, temporary, write } from "../support/places.js";

describe("the bytes of a package", () => {
  afterEach(removeTemporary);

  it("begin each member as tar's own writer does", () => {
    const sizes = [0, 1, 511, 1234567, 8 ** 10 - 1, 8 ** 10, 8 ** 11];
    const lengths = [1, 40, 90, 91, 92, 150, 300].map((length) => "x/".repeat(length).slice(0, length));
    const odd = ["a b.txt", "ü.txt", "日本.js", "~", "\u007f", "a/b/c.d.e"];
    for (const name of [...lengths, ...odd].map((one) => `package/${one}`)) {
      for (const size of sizes) {
        const facts = { path: name, size, mtime: new Date(0) };
        const head = Buffer.alloc(512);
        const isTooLong = new Header({ ...facts, type: "File", mode: 0o644 }).encode(head);
        const expected = isTooLong ? Buffer.concat([new Pax(facts).encode(), head]) : head;
        assert.ok(expected.equals(headOf(name, size)), `${name} of ${size} bytes`);
      }
    }
  });

  it("are one gzip member of many blocks, as small as one compressed in one go", async () => {
    // No two lines are the same, and all are alike: what a block repeats of the one before it counts.
    const line = (one: number) =>
      `${one} ${createHash("sha256")
        .update(`${one % 300}`)
        .digest("hex")}\n`;
    const text = Array.from({ length: 90_000 }, (_, one) => line(one)).join("");
    const folder = await write(await temporary(), { "large.txt": text, "small.txt": text.slice(0, 200_000) });
    const files = [
      { path: "large.txt", bytes: text.length },
      { path: "small.txt", bytes: 200_000 },
    ];
    const texts = [{ path: "made.txt", text }];
    const made = await writeBundle({ folder, files, texts, file: path.join(await temporary(), "a.tgz") });
    const again = await writeBundle({ folder, files, texts, file: path.join(await temporary(), "b.tgz") });
    assert.equal(made.sha256, again.sha256);
    const bytes = await readFile(made.path);
    // The head of a file that nothing tells the system of, and after its end nothing.
    assert.equal(bytes.subarray(0, 10).toString("hex"), "1f8b08000000000002ff");
    const unpacked = gunzipSync(bytes);
    assert.equal(bytes.readUInt32LE(bytes.length - 4), unpacked.length);
    const whole = await temporary();
    await writeFile(path.join(whole, "whole"), unpacked);
    const gzip = execFileSync("gzip", ["-9", "-c", path.join(whole, "whole")], { maxBuffer: 1e8 });
    assert.ok(bytes.length < gzip.length * 1.02, `${bytes.length} instead of ${gzip.length}`);
    execFileSync("tar", ["-xzf", made.path, "-C", whole]);
    for (const name of ["large.txt", "made.txt"])
      assert.equal(await readFile(path.join(whole, "package", name), "utf8"), text);
    assert.equal(await readFile(path.join(whole, "package/small.txt"), "utf8"), text.slice(0, 200_000));
  });

  it("hold no credential at any place of a large file", async () => {
    const token = `ghp_${"a".repeat(36)}`;
    const inspect = inspector();
    const folder = await temporary();
    for (const at of [0, 65_520, 65_536, 131_060, 262_100, 299_900]) {
      const content = `${"-".repeat(at)} ${token} ${"-".repeat(300_000 - at)}`;
      const file = path.join(folder, `${at}.txt`);
      await writeFile(file, content);
      const sha256 = createHash("sha256").update(content).digest("hex");
      const expected = { bytes: content.length, sha256, credential: "a GitHub token" };
      assert.deepEqual(await inspect(file, `${at}.txt`), expected, `${at}`);
    }
  });

  it("hold no credential of any kind", () => {
    const long = "a".repeat(60);
    const kinds = {
      "a private key": `-----BEGIN OPENSSH PRIVATE KEY-----\n${long}`,
      "a Buntime key": `btk_${long}`,
      "an AWS access key": "ASIAABCDEFGHIJKLMNOP",
      "an AWS secret key": `AWS_Secret_Access_Key = "${"a".repeat(40)}"`,
      "a GitHub token": `github_pat_${long}`,
      "a GitLab token": `glpat-${long}`,
      "an npm token": `//registry.example.org/:_authToken=${long}`,
      "a Slack token": "xoxb-123456789-abcdefghijk",
    };
    for (const [kind, text] of Object.entries(kinds)) assert.equal(credentialIn("a.txt", Buffer.from(text)), kind);
    assert.equal(credentialIn("a.txt", Buffer.from(`npm_${"a".repeat(36)}`)), "an npm token");
    assert.equal(credentialIn("a.txt", Buffer.from(`ghs_${"a".repeat(36)}`)), "a GitHub token");
    assert.equal(credentialIn("a.txt", Buffer.from("-----BEGIN CERTIFICATE-----")), undefined);
  });

  it("tell the branch that they come from, and nothing of a repository without a commit", async () => {
    const folder = await plugin();
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: folder });
    git("init", "-q", "-b", "work/next");
    assert.equal((await planPackage(folder)).origin, undefined);
    git("add", ".");
    git("commit", "-q", "-m", "one");
    const { branch, dirty, commit } = (await planPackage(folder)).origin ?? {};
    assert.deepEqual({ branch, dirty }, { branch: "work/next", dirty: false });
    git("checkout", "-q", "--detach");
    await writeFile(path.join(folder, "dist/plugin.js"), "export default {};\n");
    assert.deepEqual((await planPackage(folder)).origin, { commit, dirty: true });
  });
});
