// A stand-in for the module "vscode" with the little that commands need: questions are answered from a list, messages and
// progress are remembered, settings are two objects. Import it before what imports "vscode".
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import Module from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createEmitter } from "../../../client/emitter.js";
import { fakePanel } from "./panels.js";

/** A question as it was put, and what the user says to it: a button, the label of a row, a text; undefined for Escape. */
export type Answer = string | undefined;

export const editor = {
  answers: [] as Answer[],
  /** Messages, questions and titles in order. */
  shown: [] as string[],
  executed: [] as string[],
  /** What went to the clipboard. */
  copied: [] as string[],
  user: new Map<string, unknown>(),
  workspace: new Map<string, unknown>(),
  hasFolder: true,
  isTrusted: true,
  /** The cancel buttons of progress notifications that are open. */
  cancels: [] as (() => void)[],
  settingsChanged: createEmitter<void>(),
  /** Paths of the documents that are open, and of the workspace's files. */
  open: [] as string[],
  files: [] as string[],
  /** Messages by the collection that holds them. */
  problems: new Map<string, readonly string[]>(),
  opened: createEmitter<{ readonly uri: { readonly path: string } }>(),
  /** A file of a watched folder was written. */
  written: createEmitter<void>(),
  foldersChanged: createEmitter<{ readonly added: readonly unknown[] }>(),
  /** Every glob that files were looked for by. */
  searches: [] as string[],
  reset(): void {
    for (const list of [
      editor.answers,
      editor.shown,
      editor.executed,
      editor.copied,
      editor.cancels,
      editor.open,
      editor.files,
      editor.searches,
    ])
      list.length = 0;
    editor.problems.clear();
    editor.user.clear();
    editor.workspace.clear();
    Object.assign(editor, { hasFolder: true, isTrusted: true });
  },
};

function answer(): Answer {
  assert.notEqual(editor.answers.length, 0, `a question too many: ${editor.shown.at(-1)}`);
  return editor.answers.shift();
}

/** A message without buttons is not answered; one with buttons is, by the next answer. */
function message(text: string, ...rest: readonly unknown[]): Promise<Answer> {
  const buttons = rest.filter((one) => typeof one === "string");
  const modal = rest.some((one) => typeof one === "object" && one !== null && "modal" in one);
  editor.shown.push(text);
  return Promise.resolve(modal && buttons.length > 0 ? answer() : undefined);
}

const settings = {
  get: (key: string) => editor.workspace.get(key) ?? editor.user.get(key),
  inspect: (key: string) => ({ workspaceValue: editor.workspace.get(key), globalValue: editor.user.get(key) }),
  update: async (key: string, value: unknown, target: number) => {
    const store = target === 2 ? editor.workspace : editor.user;
    if (value === undefined) store.delete(key);
    else store.set(key, value);
    editor.settingsChanged.fire();
  },
};

/** Files alone. */
export class FakeUri {
  constructor(readonly href: string) {}
  get path() {
    return decodeURIComponent(new URL(this.href).pathname);
  }
  get fsPath() {
    return fileURLToPath(this.href);
  }
  toString() {
    return this.href;
  }
  static file(path: string) {
    return new FakeUri(pathToFileURL(path).href);
  }
  get scheme() {
    return new URL(this.href).protocol.slice(0, -1);
  }
  static parse(text: string) {
    return new FakeUri(text);
  }
  get authority() {
    return new URL(this.href).host;
  }
  static joinPath(uri: FakeUri, ...names: readonly string[]) {
    return new FakeUri(new URL(names.join("/"), `${uri.href.replace(/\/+$/, "")}/`).href);
  }
}

interface Row {
  readonly label: string;
}

const fake = {
  ProgressLocation: { Notification: 15 },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  QuickInputButtons: { Back: {} },
  ViewColumn: { One: 1, Beside: -2 },
  UIKind: { Desktop: 1, Web: 2 },
  Uri: FakeUri,
  commands: {
    executeCommand: async (command: string, ...rest: readonly unknown[]) => {
      editor.executed.push([command, ...rest.map((one) => JSON.stringify(one))].join(" "));
    },
  },
  env: {
    clipboard: { writeText: async (text: string) => void editor.copied.push(text) },
    uiKind: 1,
    asExternalUri: async (uri: FakeUri) => uri,
  },
  CancellationTokenSource: class {
    readonly token = { isCancellationRequested: false };
    cancel() {
      this.token.isCancellationRequested = true;
    }
    dispose() {}
  },
  Diagnostic: class {
    source = "";
    constructor(
      readonly range: unknown,
      readonly message: string,
      readonly severity: number,
    ) {}
  },
  DiagnosticSeverity: { Error: 0 },
  Range: class {},
  RelativePattern: class {},
  QuickPickItemKind: { Separator: -1 },
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  ThemeColor: class {},
  TreeItem: class {
    constructor(
      readonly label: string,
      readonly collapsibleState: number,
    ) {}
  },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  MarkdownString: class {
    value = "";
    appendText(text: string) {
      this.value += text.replace(/[\\`*_{}[\]()#+\-!~<>]/g, "\\$&");
      return this;
    }
    appendMarkdown(text: string) {
      this.value += text;
      return this;
    }
  },
  EventEmitter: class {
    private readonly own = createEmitter<unknown>();
    readonly event = this.own.event;
    fire = (value: unknown) => this.own.fire(value);
    dispose = () => this.own.dispose();
  },
  languages: {
    onDidChangeDiagnostics: createEmitter<unknown>().event,
    createDiagnosticCollection: (name: string) => ({
      set: (_uri: unknown, all: readonly { readonly message: string }[]) =>
        editor.problems.set(
          name,
          all.map(({ message: text }) => text),
        ),
      dispose: () => void editor.problems.delete(name),
    }),
    match: (filters: readonly { readonly pattern: string }[], { uri }: { readonly uri: { readonly path: string } }) =>
      filters.some(({ pattern }) => uri.path.endsWith(pattern.replace("**", ""))) ? 10 : 0,
  },
  workspace: {
    onDidOpenTextDocument: editor.opened.event,
    onDidChangeWorkspaceFolders: editor.foldersChanged.event,
    onDidChangeConfiguration: (listener: (event: unknown) => void) =>
      editor.settingsChanged.event(() => listener({ affectsConfiguration: () => true })),
    get textDocuments() {
      return editor.open.map((path) => ({ uri: { path } }));
    },
    findFiles: async (glob: string) => {
      editor.searches.push(glob);
      const ends = glob.slice(1, -1).split(",");
      return editor.files
        .filter((path) => ends.some((end) => path.endsWith(end.replace("**", ""))))
        .map((path) => ({ path }));
    },
    get isTrusted() {
      return editor.isTrusted;
    },
    get workspaceFolders() {
      return editor.hasFolder ? [{}] : undefined;
    },
    getConfiguration: () => settings,
    asRelativePath: String,
    getWorkspaceFolder: () => undefined,
    fs: {
      readFile: (uri: FakeUri) => readFile(uri.fsPath),
      readDirectory: async () => Promise.reject(new Error("no such folder")),
    },
    ...happenings("onDidChangeTextDocument", "onDidCloseTextDocument"),
    createFileSystemWatcher: () => {
      const event = editor.written.event;
      return { onDidChange: event, onDidCreate: event, onDidDelete: event, dispose: () => undefined };
    },
  },
  window: {
    createStatusBarItem: () => ({ show: () => undefined, dispose: () => undefined }),
    createWebviewPanel: (_type: string, title: string) => fakePanel(title),
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    showInputBox: async ({ title, prompt }: { readonly title: string; readonly prompt?: string }) => {
      editor.shown.push(title, ...(prompt === undefined ? [] : [prompt]));
      return answer();
    },
    showQuickPick: async (rows: readonly Row[], { title }: { readonly title: string }) => {
      editor.shown.push(`${title}: ${rows.map(({ label }) => label).join(", ")}`);
      const label = answer();
      // Rows have an icon before their words.
      return rows.find((row) => row.label === label || row.label.replace(/^\$\([\w-]+\) /, "") === label);
    },
    createInputBox: () => box((one) => one),
    createQuickPick: () => box((label, rows) => rows.find((row) => row.label === label)),
    withProgress: async (
      { title, cancellable }: { readonly title: string; readonly cancellable: boolean },
      work: (progress: unknown, token: unknown) => Promise<unknown>,
    ) => {
      editor.shown.push(title);
      const cancelled = createEmitter<void>();
      if (cancellable) editor.cancels.push(() => cancelled.fire());
      const progress = { report: (step: { readonly message: string }) => editor.shown.push(step.message) };
      return work(progress, { onCancellationRequested: cancelled.event });
    },
  },
};

/** Events that nothing fires. */
function happenings(...names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, createEmitter<unknown>().event]));
}

/** An input box or a list that answers itself as soon as it is shown; "back" presses the arrow. */
function box(pick: (text: string, rows: readonly Row[]) => unknown): object {
  const [accepted, hidden, button, changed] = [1, 2, 3, 4].map(() => createEmitter<unknown>());
  const state = {
    prompt: "",
    placeholder: "",
    value: "",
    items: [] as readonly Row[],
    selectedItems: [] as readonly unknown[],
    validationMessage: undefined,
    onDidAccept: accepted?.event,
    onDidHide: hidden?.event,
    onDidTriggerButton: button?.event,
    onDidChangeValue: changed?.event,
    show: () => {
      editor.shown.push(state.prompt || state.placeholder);
      const text = answer();
      if (text === undefined) return hidden?.fire(undefined);
      if (text === "back") return button?.fire(undefined);
      state.value = text;
      state.selectedItems = [pick(text, state.items)];
      accepted?.fire(undefined);
    },
    dispose: () => undefined,
  };
  return state;
}

const load: unknown = Reflect.get(Module, "_load");
Reflect.set(Module, "_load", (name: string, ...rest: readonly unknown[]): unknown => {
  assert.ok(typeof load === "function");
  return name === "vscode" ? fake : Reflect.apply(load, Module, [name, ...rest]);
});
