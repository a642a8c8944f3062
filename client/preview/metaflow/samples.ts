// Sample records as files of the workspace: `.plugsmith/metaflow/<name>.json` beside the plugin's workspace folder's other
// files, edited like any JSON file. Text that is being edited counts before it is saved.

import { type Disposable, FileType, RelativePattern, Uri, ViewColumn, window, workspace } from "vscode";
import type { Samples } from "./messages.js";
import { readSample, type Sample, STANDARD, sampleText } from "./page/sample.js";

export interface SampleStore extends Disposable {
  now(): Sample;
  state(): Samples;
  choose(name: string | undefined): Promise<void>;
  /** Opens the chosen file; makes one of the built-in records when none is chosen. */
  edit(): Promise<void>;
  /** Asks for a name, writes the present records there, chooses and opens it. */
  create(): Promise<void>;
  refresh(): Promise<void>;
}

export function createSampleStore(root: Uri, changed: () => void): SampleStore {
  const folder = Uri.joinPath(root, ".plugsmith", "metaflow");
  let sample: Sample = STANDARD;
  let state: Samples = { names: [], chosen: undefined, notes: [] };
  const fileOf = (name: string) => Uri.joinPath(folder, `${name}.json`);

  const names = async () => {
    const entries = await workspace.fs.readDirectory(folder).then(
      (found) => found,
      () => [],
    );
    const files = entries.filter(([name, type]) => (type & FileType.File) !== 0 && name.endsWith(".json"));
    return files.map(([name]) => name.slice(0, -".json".length)).sort();
  };
  const refresh = async () => {
    const known = await names();
    const chosen = state.chosen !== undefined && known.includes(state.chosen) ? state.chosen : undefined;
    if (chosen === undefined) {
      sample = STANDARD;
      state = { names: known, chosen, notes: [] };
      return changed();
    }
    const text = await textOf(fileOf(chosen));
    const reading = readSample(text);
    if (reading.ok) sample = reading.sample;
    const problem = reading.ok ? {} : { problem: reading.problem };
    state = { names: known, chosen, notes: reading.ok ? reading.notes : [], ...problem };
    changed();
  };
  const choose = async (name: string | undefined) => {
    state = { ...state, chosen: name };
    await refresh();
  };
  const write = async (name: string) => {
    await workspace.fs.createDirectory(folder);
    await workspace.fs.writeFile(fileOf(name), Buffer.from(sampleText(sample), "utf8"));
    await choose(name);
  };
  const show = async (name: string) =>
    void (await window.showTextDocument(fileOf(name), { preview: false, viewColumn: ViewColumn.One }));
  const create = async () => {
    const taken = await names();
    const name = await window.showInputBox({
      title: "New Sample Records",
      prompt: "Name of the file in .plugsmith/metaflow",
      value: freeName(taken),
      validateInput: (value) => {
        if (!/^[\w.-]+$/.test(value)) return "Letters, digits, dots, dashes and underscores";
        return taken.includes(value) ? `"${value}" is there already` : undefined;
      },
    });
    if (name === undefined) return;
    await write(name);
    await show(name);
  };

  const pattern = new RelativePattern(root, ".plugsmith/metaflow/*.json");
  const watcher = workspace.createFileSystemWatcher(pattern);
  const isOurs = (uri: Uri) => uri.toString().startsWith(`${folder.toString()}/`);
  const listening = [
    watcher,
    watcher.onDidCreate(() => void refresh()),
    watcher.onDidChange(() => void refresh()),
    watcher.onDidDelete(() => void refresh()),
    workspace.onDidChangeTextDocument(({ document }) => isOurs(document.uri) && void refresh()),
  ];
  return {
    now: () => sample,
    state: () => state,
    choose,
    edit: async () => {
      const { chosen } = state;
      if (chosen !== undefined) return show(chosen);
      const name = freeName(await names());
      await write(name);
      await show(name);
    },
    create,
    refresh,
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}

function freeName(taken: readonly string[]): string {
  let name = "sample";
  for (let number = 2; taken.includes(name); number += 1) name = `sample-${number}`;
  return name;
}

async function textOf(file: Uri): Promise<string> {
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open !== undefined) return open.getText();
  return Buffer.from(await workspace.fs.readFile(file)).toString("utf8");
}
