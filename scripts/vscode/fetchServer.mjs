// Fetches a VS Code server with its web workbench from the npm registry into `.vscode-test/`. Needs no compiler, no root
// and no install script; a finished installation is used again, and two installations at once do no harm.
//   node scripts/vscode/fetchServer.mjs [build]        PLUGSMITH_TEST_CACHE=/some/dir puts it elsewhere
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../support/cache.mjs";
import { npm } from "../support/processes.mjs";
import { step } from "../support/steps.mjs";
import { builds, defaultBuild } from "./builds.mjs";
import { ensureNode } from "./fetchNode.mjs";
import { unpack } from "./npmPackage.mjs";
import { loggerStandIn, writeStandIns } from "./standIns.mjs";

/** Answers `{ id, version, node, main }`: the Node.js to use and the server's main script. */
export async function ensureServer(id = process.env.VSCODE_SERVER_BUILD ?? defaultBuild()) {
  const build = builds[id];
  if (!build) throw new Error(`VS Code build "${id}" is unknown; the known ones are ${Object.keys(builds).join(", ")}`);
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const node = await ensureNode(build, cache);
  const folder = path.join(cache, `vscode-server-${build.vscode}`);
  const recipe = createHash("sha256").update(JSON.stringify(build)).update(loggerStandIn()).digest("hex");
  if (!isReady(folder, recipe)) await step(`fetching VS Code ${build.vscode}`, () => fetch(id, folder, recipe, cache));
  return { id, version: build.vscode, node, main: path.join(folder, "vscode", "out", "server-main.js") };
}

function isReady(folder, recipe) {
  const marker = path.join(folder, "ready.json");
  return existsSync(marker) && JSON.parse(readFileSync(marker, "utf8")).recipe === recipe;
}

/** Installs in a folder of its own and renames that at the end, so an interrupted installation is never used. */
async function fetch(id, folder, recipe, cache) {
  const work = mkdtempSync(path.join(cache, "tmp-"));
  const old = `${work}-old`;
  try {
    await install(id, path.join(work, "vscode"));
    writeFileSync(path.join(work, "ready.json"), JSON.stringify({ recipe }));
    if (isReady(folder, recipe)) return; // somebody else was first
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(work, folder);
  } catch (error) {
    if (!isReady(folder, recipe)) throw error;
  } finally {
    for (const rest of [work, old]) rmSync(rest, { recursive: true, force: true });
  }
}

async function install(id, vscode) {
  const build = builds[id];
  await unpack({ spec: `code-server@${id}`, integrity: build.integrity, member: "package/lib/vscode", into: vscode });
  dropWeight(vscode, build);
  keepOnlyNeededModules(vscode, build);
  // Not `npm ci`: the shrinkwrap misses an optional package. With it in place `npm install` takes its versions.
  await npm(
    ["install", "--ignore-scripts", "--omit=dev", "--omit=peer", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: vscode,
      capture: true,
    },
  );
  dropOtherPlatforms(path.join(vscode, "node_modules"));
  writeStandIns(path.join(vscode, "node_modules"), build);
}

function dropWeight(vscode, build) {
  const out = path.join(vscode, "out");
  for (const file of readdirSync(out, { recursive: true })) {
    if (file.endsWith(".js.map")) rmSync(path.join(out, file));
  }
  for (const name of build.drop) rmSync(path.join(vscode, "extensions", name), { recursive: true, force: true });
}

function keepOnlyNeededModules(vscode, build) {
  const file = path.join(vscode, "package.json");
  const { packages } = JSON.parse(readFileSync(path.join(vscode, "npm-shrinkwrap.json"), "utf8"));
  const { name, version, type = "module" } = JSON.parse(readFileSync(file, "utf8"));
  const versions = build.modules.map((module) => [
    module,
    build.override[module] ?? packages[`node_modules/${module}`]?.version,
  ]);
  // Not every build has every module.
  const dependencies = Object.fromEntries(versions.filter(([, wanted]) => wanted !== undefined));
  writeFileSync(file, JSON.stringify({ name, version, private: true, type, dependencies }, null, 2));
}

function dropOtherPlatforms(modules) {
  const ours = `${process.platform}-${process.arch}`;
  for (const folder of ["@vscode/ripgrep-universal/bin", "node-pty/prebuilds"]) {
    const place = path.join(modules, folder);
    for (const name of existsSync(place) ? readdirSync(place) : []) {
      if (name !== ours) rmSync(path.join(place, name), { recursive: true, force: true });
    }
  }
  for (const folder of ["node-pty/deps", "node-pty/third_party", "node-pty/src"]) {
    rmSync(path.join(modules, folder), { recursive: true, force: true });
  }
}

if (path.resolve(process.argv[1] ?? "") === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await ensureServer(process.argv[2]), null, 2));
}
