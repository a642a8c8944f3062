#!/usr/bin/env node
// Packs the extension: minified bundles into dist/, then `plugsmith-<version>.vsix`. Refuses to make one that is too large
// or that holds anything native, since one file has to serve every platform.
import { renameSync, rmSync, statSync } from "node:fs";
import process from "node:process";
import { ensureInstalled } from "./support/install.mjs";
import { mustRun } from "./support/processes.mjs";
import { inProject, root } from "./support/root.mjs";
import { say, step } from "./support/steps.mjs";
import { vsixPath } from "./vscode/vsix.mjs";

const largest = 1.5 * 1024 * 1024;
const native = /\.(node|dll|so|dylib|exe|wasm)$|(^|\/)(prebuilds|node_modules)\//;

/** Makes the .vsix and answers its path. */
export async function packageExtension() {
  await ensureInstalled();
  await step("bundling", () =>
    mustRun(process.execPath, [inProject("scripts", "build.mjs"), "--minify"], { cwd: root }),
  );
  return step("packing the extension", pack);
}

async function pack() {
  const { createVSIX, listFiles } = await import("@vscode/vsce");
  const foreign = (await listFiles({ cwd: root, dependencies: false })).filter((file) => native.test(file));
  if (foreign.length > 0) throw new Error(`the extension would hold native or foreign modules: ${foreign.join(", ")}`);
  // Renamed at the end, so that whoever installs it meanwhile reads a whole one.
  const made = vsixPath().replace(/\.vsix$/, `-${process.pid}.vsix`);
  try {
    await createVSIX({
      cwd: root,
      packagePath: made,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    const { size } = statSync(made);
    if (size > largest) throw new Error(`the extension has ${size} bytes; the most it may have is ${largest}`);
    say(`  ${Math.round(size / 1024)} KB`);
    renameSync(made, vsixPath());
  } catch (error) {
    for (const file of [made, vsixPath()]) rmSync(file, { force: true }); // an old one would pass for this
    throw error;
  }
  return vsixPath();
}

if (import.meta.filename === process.argv[1]) {
  try {
    console.log(await packageExtension());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
