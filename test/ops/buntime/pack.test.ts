// Packing: what goes in and why, what forbids it, and that equal input gives equal bytes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, link, mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  archiveName,
  differsFromSent,
  gitOrigin,
  openArchive,
  planPackage,
  preflight,
  writeArchive,
} from "../../../client/ops/index.js";
import { hostError } from "../support/errors.js";
import { hello, plugin, removeTemporary, temporary, write } from "../support/places.js";

const codes = (items: readonly { readonly code: string }[]) => items.map((item) => item.code);

describe("packing", () => {
  afterEach(removeTemporary);

  it("gives equal bytes for equal input, whatever the times, modes and hard links", async () => {
    const one = await plugin();
    const two = await plugin({ "dist/copy.js": "" });
    await writeFile(path.join(one, "dist/copy.js"), "");
    await utimes(path.join(two, "manifest.yaml"), 1, 1);
    await chmod(path.join(two, "dist/plugin.js"), 0o755);
    await link(path.join(two, "dist/plugin.js"), path.join(await temporary(), "linked.js"));
    const out = await temporary();
    const first = await writeArchive(await planPackage(one), { file: path.join(out, "one.tgz") });
    const second = await writeArchive(await planPackage(two), { file: path.join(out, "two.tgz") });
    assert.deepEqual(await readFile(first.path), await readFile(second.path));
    assert.equal(first.sha256, second.sha256);
    assert.equal(first.contents, second.contents);
  });

  it("puts every member under package/, and the archive reads back as the same contents", async () => {
    const plan = await planPackage(await plugin());
    const shipment = await writeArchive(plan, { file: path.join(await temporary(), archiveName(plan)) });
    assert.equal(path.basename(shipment.path), "acme-hello-1.0.0.tgz");
    const members = execFileSync("tar", ["-tzf", shipment.path], { encoding: "utf8" }).trim().split("\n");
    assert.deepEqual(members, ["package/dist/client/index.html", "package/dist/plugin.js", "package/manifest.yaml"]);
    const back = await openArchive(shipment.path);
    assert.equal(back.contents, shipment.contents);
    assert.equal(back.manifest.name, "@acme/hello");
  });

  it("leaves out by the built-in list, the caller's globs, .pluginignore and .gitignore, and says which", async () => {
    const folder = await plugin({
      ".env.local": "A=1",
      "node_modules/x/index.js": "",
      ".buntime-plugin-0123456789abcdef.js": "",
      "old.tgz": "",
      "notes/a.md": "",
      "src/plugin.ts": "",
      "tmp/x": "",
      ".pluginignore": "src/\n",
      ".gitignore": "tmp\n",
    });
    const plan = await planPackage(folder, { exclude: ["notes/**"] });
    assert.deepEqual(
      plan.files.map((file) => file.path),
      ["dist/client/index.html", "dist/plugin.js", "manifest.yaml"],
    );
    const rule = (name: string) => plan.leftOut.find((item) => item.path.startsWith(name))?.rule ?? "";
    assert.match(rule(".env"), /built in/);
    assert.match(rule("node_modules"), /built in/);
    assert.match(rule(".buntime"), /built in/);
    assert.match(rule("notes/"), /exclude/);
    assert.equal(rule("src/"), ".pluginignore: src/");
    assert.equal(rule("tmp/"), ".gitignore: tmp");
  });

  it("takes the built output in although .gitignore lists it", async () => {
    const plan = await planPackage(await plugin({ ".gitignore": "dist/\n" }));
    assert.deepEqual(plan.findings, []);
    assert.match(
      plan.files.find((file) => file.path === "dist/plugin.js")?.rule ?? "",
      /pluginEntry, over \.gitignore/,
    );
  });

  it("says that a needed file is left out by .pluginignore, and packs nothing", async () => {
    const plan = await planPackage(await plugin({ ".pluginignore": "dist/plugin.js\n" }));
    assert.deepEqual(codes(plan.findings), ["package/entry-missing"]);
    const error = await hostError(writeArchive(plan, { file: path.join(await temporary(), "x.tgz") }));
    assert.equal(error.kind, "refused");
  });

  it("refuses an entry that is not built, and names the next step", async () => {
    const folder = await write(path.join(await temporary(), "p"), {
      "manifest.yaml": "name: p\npluginEntry: dist/plugin.js\n",
    });
    const [finding] = (await planPackage(folder)).findings;
    assert.equal(finding?.code, "package/entry-missing");
    assert.match(finding?.message ?? "", /build it or correct pluginEntry/);
  });

  it("refuses a folder without a manifest, and one that isn't there", async () => {
    const empty = await planPackage(await temporary());
    assert.deepEqual(codes(empty.findings), ["package/no-manifest"]);
    const error = await hostError(planPackage(path.join(await temporary(), "none")));
    assert.equal(error.kind, "missing");
  });

  it("refuses links, those out of the folder and those within", async () => {
    const folder = await plugin();
    await symlink("/etc/hostname", path.join(folder, "outside"));
    await symlink("manifest.yaml", path.join(folder, "inside"));
    await symlink("..", path.join(folder, "dist", "up"));
    const plan = await planPackage(folder);
    assert.deepEqual(
      plan.findings.filter((item) => item.code === "package/link").map((item) => item.file),
      ["dist/up", "inside", "outside"],
    );
    assert.match(plan.findings.find((item) => item.file === "outside")?.message ?? "", /leads out of/);
  });

  it("refuses a pluginEntry outside the folder", async () => {
    const plan = await planPackage(await plugin({ "manifest.yaml": "name: p\npluginEntry: ../other.js\n" }));
    assert.match(plan.findings[0]?.message ?? "", /outside the plugin's folder/);
  });

  it("refuses credentials and never repeats them", async () => {
    const secret = `btk_${"q".repeat(43)}`;
    const key = `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(4)}\n-----END PRIVATE KEY-----\n`;
    const plan = await planPackage(
      await plugin({
        "dist/config.js": `export const key = "${secret}";`,
        "server.pem": key,
        "a.txt": "AKIAABCDEFGHIJKLMNOP",
      }),
    );
    const secrets = plan.findings.filter((item) => item.code === "package/secret");
    assert.deepEqual(
      secrets.map((item) => item.file),
      ["a.txt", "dist/config.js", "server.pem"],
    );
    assert.ok(!JSON.stringify(plan.findings).includes(secret));
    const library = await planPackage(
      await plugin({ "dist/jose.js": 'if (pem.startsWith("-----BEGIN PRIVATE KEY-----")) throw 1;' }),
    );
    assert.deepEqual(library.findings, []);
  });

  it("leaves no half archive when the place can't be written", async () => {
    const out = await temporary();
    await mkdir(path.join(out, "taken.tgz", "x"), { recursive: true });
    const error = await hostError(
      writeArchive(await planPackage(await plugin()), { file: path.join(out, "taken.tgz") }),
    );
    assert.equal(error.kind, "tool");
    assert.deepEqual(await readdir(out), ["taken.tgz"]);
  });

  it("notices a file that changed between plan and archive", async () => {
    const folder = await plugin();
    const plan = await planPackage(folder);
    await writeFile(
      path.join(folder, "dist/plugin.js"),
      "a longer text than before, written by a build that still runs\n",
    );
    const error = await hostError(writeArchive(plan, { file: path.join(await temporary(), "x.tgz") }));
    assert.match(error.message, /changed while it was packed/);
  });

  it("reads the commit and whether the folder differs from it, and is quiet without git", async () => {
    const folder = await plugin();
    assert.equal(await gitOrigin(folder), undefined);
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-q", "-m", "one");
    const clean = (await planPackage(folder)).origin;
    assert.equal(clean?.dirty, false);
    assert.match(clean?.commit ?? "", /^[0-9a-f]{40}$/);
    await writeFile(path.join(folder, "new.txt"), "x");
    assert.equal((await gitOrigin(folder))?.dirty, true);
  });
});

describe("preflight", () => {
  afterEach(removeTemporary);

  const stopping = async (files: Readonly<Record<string, string>>) => {
    const findings = await preflight(await planPackage(await plugin(files)));
    return codes(findings.filter((item) => item.severity === "error"));
  };

  it("is silent on a sound plugin", async () => {
    assert.deepEqual(await preflight(await planPackage(await plugin())), []);
  });

  it("stops what makes the host refuse, skip or break", async () => {
    const manifest = (text: string) => ({ "manifest.yaml": `pluginEntry: dist/plugin.js\n${text}\n` });
    assert.deepEqual(await stopping(manifest('name: "."')), ["buntime/name-invalid"]);
    assert.deepEqual(await stopping(manifest("name: p\nbase: /a/b")), ["buntime/base-invalid"]);
    assert.deepEqual(await stopping(manifest("name: p\noptionalDependencies: q")), ["buntime/dependencies-not-a-list"]);
    assert.deepEqual(await stopping(manifest("name: p\ndependencies: [p]")), ["buntime/dependency-cycle"]);
    assert.deepEqual(await stopping(manifest("name: p\nbase: /p\ntimeout: 30s\nttl: 10")), [
      "buntime/ttl-below-timeout",
    ]);
    assert.deepEqual(await stopping({ "dist/plugin.js": "export default {" }), ["buntime/entry-syntax"]);
    assert.deepEqual(await stopping({ "package.json": "{" }), ["package/package-json"]);
  });

  it("takes the caller's diagnostics along", async () => {
    const plan = await planPackage(await plugin());
    const findings = await preflight(plan, [
      { severity: "error", code: "buntime/x", message: "wrong", file: "manifest.yaml" },
    ]);
    assert.deepEqual(codes(findings), ["buntime/x"]);
  });

  it("warns of imports that a reload won't read again", async () => {
    const findings = await preflight(
      await planPackage(
        await plugin({
          "dist/plugin.js": 'import { a } from "./part.js";\nexport default { a };\n',
          "dist/part.js": "",
        }),
      ),
    );
    assert.deepEqual(
      findings.map((item) => [item.severity, item.code]),
      [["warning", "package/entry-imports"]],
    );
  });
});

describe("archives of others", () => {
  afterEach(removeTemporary);

  it("refuses what is no gzip'd tar, has no leading folder or no manifest", async () => {
    const folder = await write(await temporary(), { ...hello(), "junk.tgz": "junk", "empty.tgz": "" });
    const pack = (file: string, ...args: string[]) =>
      execFileSync("tar", ["-czf", path.join(folder, file), "-C", folder, ...args]);
    pack("flat.tgz", "manifest.yaml");
    pack("dot.tgz", "./manifest.yaml", "./dist");
    for (const name of ["junk.tgz", "empty.tgz", "flat.tgz", "plugin.zip"]) {
      assert.equal((await hostError(openArchive(path.join(folder, name)))).kind, "refused", name);
    }
    assert.deepEqual((await openArchive(path.join(folder, "dot.tgz"))).entries, [
      "dist/client/index.html",
      "dist/plugin.js",
      "manifest.yaml",
    ]);
  });

  it("knows no difference where nothing was sent", () => {
    assert.equal(differsFromSent([], "x"), undefined);
  });
});
