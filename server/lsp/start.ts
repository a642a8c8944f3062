// Wires one connection that is initialised: documents, workspace, schedule and handlers. Nothing here knows a system by name.

import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type FileSystemWatcher,
  type InitializeParams,
  WatchKind,
} from "vscode-languageserver/node";
import type { ChangedConfiguration } from "../protocol.js";
import { createLanguageService, manifestsOf, pathOf, SYSTEMS } from "../service/index.js";
import { createWorkspace } from "../workspace/index.js";
import { createBeside } from "./beside.js";
import { createSchedule } from "./diagnostics.js";
import { createDocuments } from "./documents.js";
import { registerFeatures } from "./features.js";
import { createGuard } from "./guard.js";
import { registerPlugsmith } from "./plugsmith.js";
import { refreshViews } from "./refresh.js";
import { configured, type Session, sessionOf } from "./session.js";
import { createStill } from "./still.js";

/** Milliseconds between two rounds of news: the first comes at once, a scan that goes on tells of the rest in few. */
const CALM = 80;
/** Milliseconds without a change in a file after which others hear of it. */
const REST = 400;
/** Milliseconds after which a new folder is looked at again: what is copied into it meanwhile some watchers don't tell. */
const FILLED = 1500;

/** Answers what to do when the client asks for the end. */
export function start(connection: Connection, params: InitializeParams): () => void {
  const workspace = createWorkspace();
  const documents = createDocuments(workspace);
  const still = createStill(workspace);
  const service = createLanguageService();
  const guard = createGuard(connection, (params, work) => {
    const uri = documentIn(params);
    return uri === undefined ? work() : workspace.readers.reading(uri, work);
  });
  let session = sessionOf(params);
  let scanning: Promise<void> = Promise.resolve();
  let ended = false;
  const current = (): Session => session;
  workspace.configure({
    roots: rootsOf(params),
    settings: session.settings,
    everywhere: session.check === "workspace",
  });

  const schedule = createSchedule({
    connection,
    documents,
    workspace,
    service,
    docs: () => current().docs,
    covered: () => current().covered,
    everywhere: () => current().check === "workspace",
    onCheck: learn,
    onChecked: (uri) => messages.verdict(uri),
  });
  const messages = registerPlugsmith({
    connection,
    documents,
    workspace,
    service,
    schedule,
    guard,
    scanned: () => scanning,
    onHosts: () => refreshViews(connection, current()),
  });
  registerFeatures({ connection, documents, workspace, still, service, guard, session: current });
  const beside = createBeside({ documents, workspace, schedule, rest: REST });
  const stirred = new Set<string>();
  let told = Number.NEGATIVE_INFINITY;
  workspace.index.onChange((systems) => {
    if (stirred.size === 0) setTimeout(tellChanged, Math.max(0, told + CALM - performance.now()));
    for (const system of systems) stirred.add(system);
  });

  connection.onDidChangeConfiguration(({ settings }: { settings: Partial<ChangedConfiguration> | null }) => {
    if (!settings?.plugsmith) return;
    const before = current().check;
    session = configured(current(), settings.plugsmith);
    if (before === "workspace" && session.check === "open") schedule.forgetClosed();
    workspace.configure({
      settings: session.settings,
      ...(session.check === "workspace" && { everywhere: true }),
    });
    still.stir();
    documents.forget();
    scan();
    schedule.refresh();
    refreshViews(connection, session);
  });
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    const paths = [...new Set(changes.flatMap(({ uri }) => pathOf(uri) ?? []))].filter((path) => !isNoise(path));
    if (paths.length === 0) return;
    await follow(paths);
    if (paths.some((path) => path.endsWith("/.gitignore"))) scan();
    const folders = paths.filter((path) => workspace.files.kind(path) === "directory");
    if (folders.length > 0) setTimeout(() => void follow(folders), FILLED).unref();
  });

  documents.manager.onDidOpen(({ document }) => {
    // Who opens a file that was just made need not have told of its folder yet.
    const path = pathOf(document.uri);
    if (path !== undefined) workspace.files.invalidate(path);
  });
  documents.manager.onDidChangeContent(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) {
      if (!workspace.files.overlay(path)) beside.opening(document.uri);
      workspace.files.setOverlay(path, documents.overlayOf(document));
    }
    still.stir();
    // Nothing is read here: of a burst of changes only what is checked is parsed.
    schedule.changed(document.uri);
    beside.changed(document.uri);
  });
  documents.manager.onDidClose(({ document }) => {
    const path = pathOf(document.uri);
    if (path !== undefined) {
      workspace.files.setOverlay(path, undefined);
      still.stir();
    }
    schedule.closed(document.uri);
    beside.closed(document.uri);
  });
  documents.manager.listen(connection);
  if (session.watches) watch(connection);
  // Without the client's word the connection throws there, and the rest of the start would be lost.
  if (session.folders) followFolders();
  scan();
  return () => {
    ended = true;
    beside.dispose();
    schedule.dispose();
  };

  /** Many facts change at once, as in a scan; who depends on them hears of it once. */
  function tellChanged(): void {
    const systems = new Set(stirred);
    stirred.clear();
    told = performance.now();
    if (ended) return;
    schedule.refresh(systems);
    refreshViews(connection, current());
    messages.pluginsChanged();
  }

  async function follow(paths: readonly string[]): Promise<void> {
    if (ended) return;
    await workspace.changed(paths);
    still.stir();
    documents.forget();
    schedule.changedOnDisk(paths);
  }

  function learn(uri: string): void {
    const path = pathOf(uri);
    const open = documents.get(uri);
    if (path !== undefined && open) workspace.learn(path, manifestsOf(open.recognition));
  }

  function followFolders(): void {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
      workspace.configure({
        roots: [...workspace.roots.filter((root) => !gone.has(root)), ...added.flatMap(({ uri }) => pathOf(uri) ?? [])],
      });
      scan();
    });
  }

  function scan(): void {
    scanning = workspace
      .scan()
      .then(() => {
        if (current().check === "workspace") schedule.refresh(new Set());
        messages.pluginsChanged();
      })
      .catch((error: unknown) => connection.console.error(`scanning the workspace failed: ${String(error)}`));
  }
}

/**
 * Whatever comes and goes, since rules ask whether files are there, and a folder that is moved or removed is told by its own name
 * alone; and the content of manifests, of what rules read beside them, and of what says which files are ours to read.
 */
function watch(connection: Connection): void {
  const kinds = SYSTEMS.flatMap(({ documents }) => documents);
  const globs = kinds.flatMap((kind) => [...kind.globs, ...(kind.embedded?.globs ?? [])]);
  const others = globs.filter((glob) => !READ.some((ending) => glob.endsWith(`.${ending}`)));
  const contents = [...new Set([`**/*.{${READ.join(",")}}`, ...others, "**/.gitignore"])];
  const watchers: FileSystemWatcher[] = [
    { globPattern: "**/*", kind: WatchKind.Create | WatchKind.Delete },
    ...contents.map((globPattern) => ({ globPattern, kind: WatchKind.Change })),
  ];
  void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

/** Endings of the files whose content rules read. */
const READ = "yaml yml json py toml whl html htm css js mjs cjs jsx ts mts cts tsx".split(" ");

/** The URI of the document that a request is about. */
function documentIn(params: unknown): string | undefined {
  const { textDocument } = (params ?? {}) as { readonly textDocument?: { readonly uri: string } };
  return textDocument?.uri;
}

/** Nothing in there is asked for, and much goes on. */
const isNoise = (path: string): boolean => /\/(?:\.git|node_modules|__pycache__)\/./.test(path);

function rootsOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}
