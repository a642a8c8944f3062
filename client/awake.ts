// The extension at work: makes each part once, lets them know each other, and starts the language server. It reaches no host
// and starts no other process.

import { mkdirSync } from "node:fs";
import { type Disposable, type ExtensionContext, type TaskProvider, Uri, window } from "vscode";
import type { App } from "./app.js";
import { handle } from "./commands/index.js";
import type { CommandId } from "./commands/table.js";
import { hostSetting, setting } from "./configuration.js";
import { createHostRows } from "./hostRows.js";
import { createLanguage } from "./languageClient.js";
import { createLocalHostControl } from "./localHostControl.js";
import { connect, type HostConfig, historyFolder, openLedger } from "./ops/index.js";
import { offerPreviews } from "./preview/offer.js";
import { createPreviews } from "./preview/open.js";
import { createQueue } from "./queue.js";
import { createSecrets, originOf } from "./secrets.js";
import { executablesOf, keptBundles } from "./settings.js";
import { createTaskProvider } from "./tasks/provider.js";
import { createTextDocuments } from "./textDocuments.js";
import { type Board, createBoard } from "./views/board.js";
import { createHostStore } from "./views/hostStore.js";
import { fillViews, type Shown, type Trees } from "./views/index.js";
import { createLoadProblems } from "./views/loadProblems.js";
import { createHostLogs } from "./views/logs/hostLogs.js";
import { createLoops } from "./views/loops.js";
import { showVerdicts } from "./views/verdictStatus.js";

export interface Awake {
  readonly trees: Trees;
  readonly tasks: TaskProvider;
  handle(id: CommandId, given: readonly unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

export function wakeUp(context: ExtensionContext, shown: Shown, reason: string): Awake {
  const log = window.createOutputChannel("Plugsmith", { log: true });
  const info = (line: string) => log.info(line);
  const hostLine = (line: string) => (line.startsWith("DBG") ? log.debug(line) : log.info(`local host: ${line}`));
  const unexpected = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const folder = context.storageUri ?? context.globalStorageUri;
  const archives = Uri.joinPath(folder, "archives").fsPath;

  const secrets = createSecrets(context.secrets);
  const here: { board?: Board } = {};
  const rows = createHostRows({
    ...hostSetting(context.subscriptions),
    hasPlugins: (system) => here.board?.plugins().some((plugin) => plugin.system === system) === true,
  });
  const tools = () => ({ log, executables: executablesOf(setting) });
  const connectBy = (config: HostConfig, token: () => Promise<string | undefined>) =>
    connect(config, { token, ...tools() });
  const connectWith = (config: HostConfig, key: string | undefined) => connectBy(config, async () => key);
  const connectTo = (config: HostConfig) => connectBy(config, () => secrets.token(config.url));
  const language = createLanguage(context);
  const store = createHostStore(rows, connectTo, info);
  const ledger = openLedger(historyFolder(process.env), { keep: () => keptBundles(setting("history.keep")) });
  const loops = createLoops(
    (host) => store.refresh(host),
    () => void board.rejoin(),
  );
  const board = createBoard(language, store, ledger, connectTo, loops.words, unexpected);
  here.board = board;
  const localHost = createLocalHostControl(
    rows,
    context.workspaceState,
    Uri.joinPath(folder, "localHost").fsPath,
    hostLine,
  );
  const texts = createTextDocuments();
  const logs = createHostLogs(connectTo, board.plugins);
  const problems = createLoadProblems();
  const previews = createPreviews();
  const views = fillViews(shown, board, store, rows);
  const app: App = {
    log,
    secrets,
    language,
    rows,
    store,
    board,
    ledger,
    localHost,
    connect: connectTo,
    connectWith,
    inTurn: createQueue(),
    previews,
    extension: context.extensionUri,
    archives,
    texts,
    showText: texts.show,
    showDifferences: texts.compare,
    logs,
    loops,
    tools,
    reveal: views.reveal,
  };
  context.subscriptions.push(
    log,
    secrets,
    rows,
    language,
    store,
    board,
    texts,
    logs,
    loops,
    problems,
    board.onDidChange(() => void problems.show(board.model().plugins).catch(unexpected)),
    previews,
    offerPreviews(language),
    views,
    showVerdicts(language),
  );
  context.subscriptions.push(...keepCurrent(app));
  info(`at work, since ${reason}`);
  mkdirSync(archives, { recursive: true });
  void language.start().catch(unexpected);
  return {
    trees: views.trees,
    tasks: createTaskProvider(app),
    handle: (id, given) => handle(app, id, given),
    end: async () => {
      await Promise.allSettled([language.stop(), localHost.stop()]);
    },
  };
}

/** Hosts are asked again after sign-in and sign-out, in whichever window that was; unsound rows are told of. */
function keepCurrent({ secrets, store, rows, log }: App): Disposable[] {
  const tellProblems = () => {
    for (const { message } of rows.problems()) log.warn(`plugsmith.hosts: ${message}`);
  };
  tellProblems();
  return [
    rows.onDidChange(tellProblems),
    secrets.onDidChange((origin) => {
      const signed = store
        .states()
        .filter(({ config, reach }) => originOf(config.url) === origin && reach.is !== "unasked");
      for (const { config } of signed) void store.refresh(config.name);
    }),
  ];
}
