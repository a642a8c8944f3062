// How soon a change that another program makes to a file shows in the editor, in workspaces of few and of many plugin folders of which
// all files are checked: at the file itself, which isn't open, and at an open manifest that depends on the plugin.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openEditor } from "./editor.mjs";
import { summary } from "./statistics.mjs";
import { generate } from "./workspace.mjs";

/** Milliseconds between two changes; in a large workspace the check of all files, which each brings, is still under way then. */
const PAUSE = 300;

/** @returns rows of milliseconds, median and 95th percentile. */
export async function outside(server, folder, quick) {
  const rows = [];
  for (const size of quick ? [100] : [100, 5000]) {
    const root = `${folder}-${size}`;
    generate(root, size);
    const editor = openEditor({ ...server, options: { check: "workspace" } }, root);
    try {
      rows.push({ size, ...(await changes(editor, root, size, quick ? 10 : 30)) });
    } finally {
      await editor.close();
      rmSync(root, { recursive: true });
    }
  }
  return rows;
}

async function changes(editor, root, size, count) {
  await editor.initialize();
  const { files } = await editor.request("plugsmith/checkWorkspace", undefined);
  if (files < size) throw new Error(`${files} files of ${size} were checked`);
  // The last one needs the last but one, and nobody needs the last.
  const [last, needed] = [size - 4, size - 8].map((at) => `group${Math.floor(at / 100)}/p${at}/manifest.yaml`);
  const uri = editor.uriOf(last);
  const itself = await samples(editor, root, last, count, uri);
  editor.open(uri, "yaml", readFileSync(path.join(root, last), "utf8"));
  await editor.problems(uri, 0);
  const dependent = await samples(editor, root, needed, count, uri);
  return { itself, dependent };
}

/** A manifest loses and regains a base that a host takes; each time until what is told of the file at `uri` is right. */
async function samples(editor, root, name, count, uri) {
  const file = path.join(root, name);
  const right = readFileSync(file, "utf8");
  const wrong = right.replace(/^base: .*$/m, "base: not a base");
  const times = [];
  for (let one = 0; one < count; one++) {
    const isWrong = one % 2 === 0;
    await sleep(PAUSE);
    writeFileSync(file, isWrong ? wrong : right);
    const began = performance.now();
    editor.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: editor.uriOf(name), type: 2 }] });
    await editor.problems(uri, isWrong ? 1 : 0);
    times.push(performance.now() - began);
  }
  return summary(times);
}
