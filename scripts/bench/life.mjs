// Whether a long day makes our server grow: what it holds once garbage is collected, over thousands of edits, over documents opened
// and closed, and over folders that come and go, each after a warm-up and again at the end.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { documentOf } from "./documents.mjs";
import { openEditor } from "./editor.mjs";

/** Share of the work after which memory is looked at first: by then everything has been compiled and allocated. */
const WARM = 0.4;
/** Longer than anything is put off after the last change. */
const CALM = 1500;

/** @returns rows of what was done, how often, and MiB in use after the warm-up and at the end. */
export async function life({ args, ...rest }, folder, { edits, opens, folders }) {
  // Windows knows no such signal.
  if (process.platform === "win32") return [];
  const server = { ...rest, args: ["--expose-gc", "-r", path.join(import.meta.dirname, "collect.cjs"), ...args] };
  return [
    await grown("edits of 100 entries", edits, server, folder, editing),
    await grown("documents opened and closed", opens, server, folder, opening),
    await grown("workspace folders added and removed", folders, server, folder, changingFolders),
  ];
}

async function grown(what, count, server, folder, begin) {
  const editor = openEditor(server, folder);
  await editor.initialize();
  const step = await begin(editor, folder);
  const warm = Math.round(count * WARM);
  let before;
  for (let one = 0; one < count; one++) {
    if (one === warm) before = await liveIn(editor, folder);
    await step(one);
  }
  const after = await liveIn(editor, folder);
  await editor.close();
  return { what, count, before, after, perThousand: ((after - before) / (count - warm)) * 1000 };
}

/** MiB that the server holds; asked once what was put off has been done. */
async function liveIn({ pid }, folder) {
  await sleep(CALM);
  const file = path.join(folder, `live-${pid}`);
  process.kill(pid, "SIGUSR2");
  for (let waited = 0; !existsSync(file) && waited < 20_000; waited += 20) await sleep(20);
  const live = Number(readFileSync(file, "utf8"));
  rmSync(file);
  return live;
}

async function editing(editor) {
  const { name, languageId, text, toggle } = documentOf("plugins.yaml", 100);
  const uri = editor.uriOf(name);
  editor.open(uri, languageId, text);
  await editor.problems(uri, 0);
  const { line, character } = toggle;
  return async (one) => {
    const isWhole = one % 2 === 0;
    editor.change(uri, isWhole ? { line, character, text: "", endCharacter: character + 1 } : toggle);
    await editor.problems(uri, isWhole ? 1 : 0);
  };
}

async function opening(editor) {
  const { languageId, text } = documentOf("plugins.yaml", 20);
  return async (one) => {
    const uri = editor.uriOf(`opened-${one}/plugins.yaml`);
    editor.open(uri, languageId, text.replace("parameters:", "parametres:"));
    await editor.problems(uri, 1);
    editor.shut(uri);
    await editor.problems(uri, 0);
  };
}

async function changingFolders(editor, folder) {
  const place = path.join(folder, "coming-and-going");
  for (let one = 0; one < 50; one++) {
    mkdirSync(path.join(place, `p${one}`), { recursive: true });
    writeFileSync(path.join(place, `p${one}`, "manifest.yaml"), `name: "@example/p${one}"\npluginEntry: plugin.js\n`);
  }
  const here = [{ uri: pathToFileURL(place).href, name: "coming-and-going" }];
  return async (one) => {
    const event = one % 2 === 0 ? { added: here, removed: [] } : { added: [], removed: here };
    editor.notify("workspace/didChangeWorkspaceFolders", { event });
    const plugins = await editor.request("plugsmith/plugins", undefined);
    if (one % 2 === 0 && plugins.length < 50) throw new Error(`${plugins.length} plugins instead of 50 were found`);
  };
}
