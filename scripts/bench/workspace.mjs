// How long the first full check of a workspace takes, beside a plain walk of its folders: plugin folders of all four systems, with
// dependency and ignored folders among them. Best of several runs, each a process of its own.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

/** @returns rows of milliseconds, and the most memory in MiB. */
export async function workspace(cli, folder, quick) {
  const rows = [];
  for (const size of quick ? [100] : [100, 1000, 5000]) rows.push(await checked(cli, folder, size, quick ? 2 : 4));
  return rows;
}

async function checked(cli, root, size, runs) {
  generate(root, size);
  let [check, walk] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let memory = 0;
  const usage = `${root}-usage`;
  for (let run = 0; run < runs; run++) {
    check = Math.min(check, timeOfCheck(cli, root, usage));
    memory = Math.max(memory, Number(readFileSync(usage, "utf8")));
    walk = Math.min(walk, await timeOfWalk(root));
  }
  rmSync(root, { recursive: true });
  return { size, check, walk, memory };
}

function timeOfCheck(cli, root, usage) {
  const args = ["-r", path.join(import.meta.dirname, "usage.cjs"), cli, "check", root];
  const env = { ...process.env, PLUGSMITH_USAGE: usage };
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
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

export function generate(root, size) {
  mkdirSync(root, { recursive: true });
  write(root, ".gitignore", "ignored/\n");
  mkdirSync(path.join(root, ".git"), { recursive: true });
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
