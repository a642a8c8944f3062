// Whether a long day makes our server grow: memory over thousands of edits, over documents opened and closed, and over folders
// that come and go, each after a warm-up and again at the end.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { documentOf } from "./documents.mjs";
import { openEditor } from "./editor.mjs";
import { memoryOf } from "./statistics.mjs";

/** Share of the work after which memory is looked at first: by then everything has been compiled and allocated. */
const WARM = 0.4;

/** @returns rows of what was done, how often, and resident MiB after the warm-up and at the end. */
export async function life(server, folder, { edits, opens, folders }) {
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
    if (one === warm) before = memoryOf(editor.pid);
    await step(one);
  }
  const after = memoryOf(editor.pid);
  await editor.close();
  return { what, count, before, after, perThousand: ((after - before) / (count - warm)) * 1000 };
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
