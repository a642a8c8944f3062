// Builds of fixtures by the genuine kubectl, two at a time.

import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Fixture } from "../../harness/fixture.js";

/** The error text of each fixture that fails to build. */
export type Builds = (fixtures: readonly Fixture[]) => Promise<ReadonlyMap<Fixture, string | undefined>>;

/** For the suite that calls it: builds in a folder of its own; without kubectl the suite says so and skips. */
export function withBuilds(): Builds {
  let folder = "";
  before(function () {
    if (!kubectlVersion()) {
      console.log("      skipped: kubectl is not on PATH, so there is nothing to agree with");
      this.skip();
    }
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugsmith-agreement-"));
  });
  after(() => {
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  });
  return async (fixtures) => {
    const failures = new Map<Fixture, string | undefined>();
    const open = [...fixtures.entries()];
    const worker = async () => {
      for (let next = open.shift(); next; next = open.shift())
        failures.set(next[1], await build(path.join(folder, String(next[0])), next[1]));
    };
    await Promise.all([worker(), worker()]);
    return failures;
  };
}

export function kubectlVersion(): string | undefined {
  try {
    return execFileSync("kubectl", ["version", "--client"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}

/** Builds the fixture's first file's folder; the error text when that fails. */
export function build(folder: string, { files }: Fixture): Promise<string | undefined> {
  for (const file of files) {
    const target = path.join(folder, file.path);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, file.text);
  }
  const where = path.join(folder, path.dirname(files[0]?.path ?? "/"));
  return new Promise((resolve) => {
    execFile("kubectl", ["kustomize", where], { timeout: 20_000 }, (error, _stdout, stderr) => {
      resolve(error ? stderr.slice(0, 600) || String(error) : undefined);
    });
  });
}
