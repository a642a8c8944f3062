// Small files, clean words, documentation in step, and a lock file that names no place on the network.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import process from "node:process";
import { fromRoot, ROOT } from "../harness/root.js";
import { projectFiles, read } from "./sources.js";

const files = projectFiles();
/** A file over this many lines is usually two ideas; an exception needs its reason here. */
const LONGEST = 300;
const EXCEPTIONS: Readonly<Record<string, string>> = {};

describe("files", () => {
  it(`of code have at most ${LONGEST} lines`, () => {
    const code = files.filter((name) => /\.(ts|mjs|cjs)$/.test(name) && !(name in EXCEPTIONS));
    assert.deepEqual(
      code.filter((name) => read(name).split("\n").length > LONGEST),
      [],
    );
  });
  it("of code begin with a comment that says what they are for", () => {
    const code = files.filter((name) => /^(server|client|scripts|test)\/.*\.(ts|mjs|cjs)$/.test(name));
    assert.deepEqual(
      code.filter((name) => !/^(#!.*\n)?(["']use strict["'];\n)?\/[/*]/.test(read(name))),
      [],
    );
  });
  it("of code leave nothing for later", () => {
    const code = files.filter((name) => /^(server|client|scripts)\/.*\.(ts|mjs|cjs)$/.test(name));
    assert.deepEqual(
      code.filter((name) => /\b(TODO|FIXME|XXX)\b|\.only\(/.test(read(name))),
      [],
    );
  });
  it("name no place on the network in package-lock.json", () => {
    assert.doesNotMatch(read("package-lock.json"), /"resolved"/);
  });
  it("of the package for npm are what runs, its data and its guides", function () {
    this.timeout(60_000);
    const told = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ files: packed }]: [{ files: { path: string }[] }] = JSON.parse(told);
    const wanted =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/[^/]+\.js|(docs|schemas|snippets)\/.+\.(md|json))$/;
    assert.deepEqual(
      packed.map(({ path }) => path).filter((path) => !wanted.test(path)),
      [],
    );
    for (const path of ["docs/cli.md", "schemas/buntime-manifest.schema.json", "snippets/scaffolds/buntime.json"])
      assert.ok(
        packed.some((one) => one.path === path),
        path,
      );
  });
  it("of generated documentation are in step with rules and schemas", function () {
    this.timeout(30_000);
    execFileSync(process.execPath, [fromRoot("scripts", "docs.mjs"), "--check"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
  });
});
