// Gives a Node.js that a VS Code build runs on: the running one, or else the program out of an npm package.
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { step } from "../support/steps.mjs";
import { nodePackageName, nodePackages, runsOnThisNode } from "./builds.mjs";
import { unpack } from "./npmPackage.mjs";

/** Path of the program; `VSCODE_SERVER_NODE` overrules everything. */
export async function ensureNode(build, cache) {
  if (process.env.VSCODE_SERVER_NODE) return process.env.VSCODE_SERVER_NODE;
  if (runsOnThisNode(build)) return process.execPath;
  const name = nodePackageName();
  const { version, integrity } = nodePackages;
  if (!(name in integrity)) {
    throw new Error(`VS Code ${build.vscode} needs Node.js ${build.node.join(" or ")}; run this with one of them`);
  }
  const folder = path.join(cache, `${name}-${version}`);
  const program = path.join(folder, process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(program)) {
    const spec = `${name}@${version}`;
    await step(`fetching Node.js ${version} for VS Code`, () =>
      fetch({ spec, integrity: integrity[name], folder, program }),
    );
  }
  return program;
}

async function fetch({ spec, integrity, folder, program }) {
  const work = mkdtempSync(`${folder}-tmp-`);
  const content = path.join(work, "bin");
  try {
    await unpack({ spec, integrity, member: "package/bin", into: content });
    renameSync(content, folder);
  } catch (error) {
    if (!existsSync(program)) throw error; // else somebody else was first
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
