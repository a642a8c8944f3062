// The language server's side in this window: starts it, tells it settings and what others cover, and asks it our private
// requests. It is started anew when an association names files that its document selector doesn't have.

import { type Disposable, type Event, EventEmitter, type ExtensionContext, extensions, Uri, workspace } from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  State,
  TransportKind,
} from "vscode-languageclient/node";
import {
  CHECK_WORKSPACE,
  type ChangedConfiguration,
  HOST_PLUGINS,
  type HostPluginsParams,
  type InitializationOptions,
  type LocalPlugin,
  PLUGINS,
  PLUGINS_CHANGED,
  PREVIEW,
  type PreviewReport,
  REMOTE_REFS,
  type RemoteRefsParams,
  VERDICT,
  VERDICT_CHANGED,
  type VerdictReport,
  type WorkspaceReport,
} from "../server/protocol.js";
import type { RemoteRefs } from "../server/service/index.js";
import { associationsOf } from "./associations.js";
import { setting } from "./configuration.js";
import { coveredByOthers, coverSettings } from "./covered.js";
import {
  documentChoices,
  embeddingGlobs,
  furtherGlobs,
  manifestGlobs,
  neighbourGlobs,
  selectorOf,
} from "./documents.js";
import { forServer, serverSettings } from "./settings.js";

export interface Language extends Disposable {
  start(): Promise<void>;
  stop(): Promise<void>;
  plugins(): Promise<readonly LocalPlugin[]>;
  /** Undefined for a file that the server does not look at. */
  verdict(uri: Uri): Promise<VerdictReport | undefined>;
  /** What the host will make of a manifest; undefined for a file that is none. */
  preview(uri: Uri): Promise<PreviewReport | undefined>;
  checkWorkspace(): Promise<WorkspaceReport>;
  tellHosts(params: HostPluginsParams): Promise<void>;
  /** In place of what the same remote said before. */
  tellRefs(refs: RemoteRefs): Promise<void>;
  /** Every document kind that an association can name. */
  readonly choices: VerdictReport["choices"];
  /** Document filters of the files that the server looks at. */
  selector(): ReturnType<typeof selectorOf>;
  readonly onPluginsChanged: Event<void>;
  readonly onVerdictChanged: Event<VerdictReport>;
  readonly onDidStart: Event<void>;
}

export function createLanguage(context: ExtensionContext): Language {
  const pluginsChanged = new EventEmitter<void>();
  const verdictChanged = new EventEmitter<VerdictReport>();
  const started = new EventEmitter<void>();
  const globs = manifestGlobs(context.extension.packageJSON);
  const further = () => furtherGlobs(associationsOf(setting("associations")), globs);
  let extra = further();
  let client: LanguageClient | undefined;
  let hosts: HostPluginsParams | undefined;
  const remotes = new Map<string, RemoteRefs>();
  const remoteRefs = (): RemoteRefsParams => ({ remotes: [...remotes.values()] });
  // Starts and stops never overlap: each waits for the one before.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work, work);
    return turn;
  };

  const begin = async () => {
    extra = further();
    const made = newClient(context, selectorOf([...globs, ...extra, ...embeddingGlobs, ...neighbourGlobs]));
    made.onNotification(PLUGINS_CHANGED, () => pluginsChanged.fire());
    made.onNotification(VERDICT_CHANGED, (report: VerdictReport) => verdictChanged.fire(report));
    client = made;
    await made.start();
    await greet(made);
    // A server that broke down is started again by the client library, and knows nothing then.
    made.onDidChangeState(({ newState }) => {
      if (newState === State.Running) void greet(made);
    });
  };
  const greet = async (made: LanguageClient) => {
    if (hosts !== undefined) await made.sendNotification(HOST_PLUGINS, hosts);
    if (remotes.size > 0) await made.sendNotification(REMOTE_REFS, remoteRefs());
    started.fire();
  };
  const end = async () => {
    const old = client;
    client = undefined;
    if (old !== undefined) await old.dispose(2000);
  };
  const tell = async () => {
    const changed: ChangedConfiguration = { plugsmith: { ...forServer(setting), covered: coveredByOthers() } };
    if (further().join("\n") !== extra.join("\n")) return inTurn(() => end().then(begin));
    if (client?.isRunning() === true)
      await client.sendNotification("workspace/didChangeConfiguration", { settings: changed });
  };
  const running = async () => {
    await turn;
    return client?.isRunning() === true ? client : undefined;
  };

  const listening: Disposable[] = [
    workspace.onDidChangeConfiguration((event) => {
      const ours = serverSettings.some((key) => event.affectsConfiguration(`plugsmith.${key}`));
      if (ours || coverSettings.some((key) => event.affectsConfiguration(key))) void tell();
    }),
    extensions.onDidChange(() => void tell()),
    pluginsChanged,
    verdictChanged,
    started,
  ];
  return {
    start: () => inTurn(begin),
    stop: () => inTurn(end),
    plugins: async () => (await (await running())?.sendRequest<readonly LocalPlugin[]>(PLUGINS)) ?? [],
    verdict: async (uri) =>
      (await (await running())?.sendRequest<VerdictReport | null>(VERDICT, { uri: uri.toString() })) ?? undefined,
    preview: async (uri) =>
      (await (await running())?.sendRequest<PreviewReport | null>(PREVIEW, { uri: uri.toString() })) ?? undefined,
    checkWorkspace: async () => {
      const now = await running();
      if (now === undefined) throw new Error("the language server is not running");
      return now.sendRequest<WorkspaceReport>(CHECK_WORKSPACE);
    },
    tellHosts: async (params) => {
      hosts = params;
      await (await running())?.sendNotification(HOST_PLUGINS, params);
    },
    tellRefs: async (refs) => {
      remotes.set(refs.repository, refs);
      await (await running())?.sendNotification(REMOTE_REFS, remoteRefs());
    },
    choices: documentChoices(context.extension.packageJSON),
    selector: () => selectorOf([...globs, ...extra]),
    onPluginsChanged: pluginsChanged.event,
    onVerdictChanged: verdictChanged.event,
    onDidStart: started.event,
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}

function newClient(
  { extensionUri }: ExtensionContext,
  documentSelector: ReturnType<typeof selectorOf>,
): LanguageClient {
  const module = Uri.joinPath(extensionUri, "dist", "server.js").fsPath;
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const initializationOptions: InitializationOptions = {
    ...forServer(setting),
    covered: coveredByOthers(),
    commands: ["plugsmith.fetchRefs"],
    docs: Uri.joinPath(extensionUri, "docs").toString(),
  };
  const options: LanguageClientOptions = {
    documentSelector,
    initializationOptions,
  };
  return new LanguageClient("plugsmith", "Plugsmith Language Server", server, options);
}
