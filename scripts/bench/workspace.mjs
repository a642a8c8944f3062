// How long the first full check of a workspace takes, beside a plain walk of its folders: 100, 1,000 and 5,000 plugin folders of
// all four systems, with dependency and ignored folders among them. Best of several runs, each a process of its own.
//   node scripts/build.mjs --minify && node scripts/bench/workspace.mjs [FOLDERS…]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const RUNS = 5;
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [100, 1000, 5000];
const cli = path.join(import.meta.dirname, "..", "..", "dist", "cli.js");

async function measure(size) {
  const root = mkdtempSync(path.join(tmpdir(), "plugsmith-folders-"));
  try {
    generate(root, size);
    const checks = Array.from({ length: RUNS }, () => timeOfCheck(root));
    const walks = [];
    for (let run = 0; run < RUNS; run++) walks.push(await timeOfWalk(root));
    const [check, walk] = [Math.min(...checks), Math.min(...walks)];
    console.log(
      `${size} folders: check ${Math.round(check)} ms, walk ${Math.round(walk)} ms, ratio ${(check / walk).toFixed(1)}`,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function timeOfCheck(root) {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "check", root], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the check of the generated folders ended with ${status}: ${stdout}${stderr}`);
  return performance.now() - began;
}

async function timeOfWalk(root) {
  const began = performance.now();
  const folders = [root];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(path.join(folder, entry.name));
    }
  }
  return performance.now() - began;
}

const SKIPPED = new Set(["node_modules", "ignored", ".git"]);

function generate(root, size) {
  write(root, ".gitignore", "ignored/\n");
  mkdirSync(path.join(root, ".git"));
  for (let at = 0; at < size; at++) {
    const folder = path.join(root, `group${Math.floor(at / 100)}`, `p${at}`);
    for (const [name, text] of Object.entries(KINDS[at % KINDS.length](at))) write(folder, name, text);
    if (at % 10 > 0) continue;
    write(folder, "ignored/manifest.yaml", "name: x\nbase: not a base\npluginEntry: y.js\n");
    for (let one = 0; one < 20; one++)
      write(folder, `node_modules/m${one}/manifest.yaml`, "name: x\nbase: not a base\n");
  }
}

function write(folder, name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** One plugin folder of each system. */
const KINDS = [
  (at) => ({
    "manifest.yaml": `name: "@example/p${at}"\nversion: "1.0.0"\nbase: /p${at}\npluginEntry: plugin.js\ndependencies: [${at < 4 ? "" : `"@example/p${at - 4}"`}]\n`,
    "plugin.js": "export default () => ({ onInit() {} });\n",
  }),
  (at) => ({
    "plugins.yaml": `plugins:\n- class: plugin${at}.MyPlugin\n  parameters: { port: ${at} }\n`,
    [`plugin${at}.py`]:
      "from sky.server.plugins import BasePlugin\nclass MyPlugin(BasePlugin):\n    def __init__(self, port=1): ...\n    def install(self, context): ...\n",
  }),
  (at) => ({
    "manifest.json": `{"name":"n${at}","version":"1.0.0","entrypoint":"index.html","slot":"header"}\n`,
    "index.html":
      '<script>parent.postMessage({ type: "PluginRegisterEvent", name: window.name, version: { api: "1.2.0" } }, "*")</script>\n',
  }),
  (at) => ({
    Dockerfile: "FROM scratch\n",
    "kubernetes/kustomization.yaml": "resources:\n- deployment.yaml\n",
    "kubernetes/deployment.yaml": `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: p${at} }\nspec: {}\n`,
  }),
];

for (const size of sizes) await measure(size);
