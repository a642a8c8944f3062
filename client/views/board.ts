// The state that both trees draw: joined anew whenever a host answers, a manifest changes or something was sent.
// It also tells the language server what hosts have loaded, and the menus what there is.

import { isDeepStrictEqual } from "node:util";
import {
  commands,
  type Disposable,
  type Event,
  EventEmitter,
  languages,
  RelativePattern,
  Uri,
  workspace,
} from "vscode";
import type { LocalPlugin } from "../../server/protocol.js";
import { settingFor } from "../configuration.js";
import type { Language } from "../languageClient.js";
import { oneAtATime } from "../oneAtATime.js";
import {
  type HostConfig,
  type Ledger,
  type PackPlan,
  type PluginHost,
  type PluginSummary,
  packableSystems,
  packerOf,
} from "../ops/index.js";
import { excludesOf } from "../settings.js";
import { settled } from "../settled.js";
import type { HostState, HostStore } from "./hostStore.js";
import { type Model, modelOf } from "./model/index.js";
import { recordsOf } from "./records.js";
import { createStrangers } from "./strangers.js";

/** Milliseconds without a change after which what changed is read. */
const rest = 500;

export interface Board extends Disposable {
  model(): Model;
  plugins(): readonly LocalPlugin[];
  /** Asks the language server anew which plugins there are. */
  reread(): Promise<void>;
  /** What hosts have of each plugin is compared anew, though nothing was sent since. */
  recheck(): void;
  /** The ledger or the files of a plugin have changed. */
  rejoin(): Promise<void>;
  readonly onDidChange: Event<void>;
}

export function createBoard(
  language: Language,
  store: HostStore,
  ledger: Ledger,
  connect: (config: HostConfig) => PluginHost,
  /** What is going on with a plugin on a host, in words. */
  going: (host: string, plugin: string) => string | undefined,
  unexpected: (error: unknown) => void,
): Board {
  const changed = new EventEmitter<void>();
  let local: readonly LocalPlugin[] = [];
  let model: Model = modelOf([], [], () => undefined);
  let told = "";
  let watched: readonly Disposable[] = [];

  // Hosts answer one after the other, and each answer draws all rows: those that come meanwhile are drawn together.
  const joining = oneAtATime(async () => {
    const hosts = store.states();
    const records = await recordsOf(hosts, local, ledger, planOf, strangers.stateOf);
    const next = modelOf(hosts, local, records, going);
    // Drawing a tree anew takes its rows from below the mouse and from menus that are open.
    if (!isDeepStrictEqual(next, model)) {
      model = next;
      changed.fire();
    }
  }, unexpected);
  // The language server may be long in coming, and no tree waits for it.
  const telling = oneAtATime(async () => {
    await setContexts(local);
    await tellServer(store.states());
  }, unexpected);
  const rejoin = async () => {
    await joining.call();
    await telling.call();
  };
  const reread = async () => {
    try {
      local = await language.plugins();
    } catch (error) {
      unexpected(error);
    }
    watch();
    await commands.executeCommand("setContext", "plugsmith.pluginsKnown", true);
    await rejoin();
  };
  const tellServer = async (hosts: readonly HostState[]) => {
    const params = { hosts: hosts.flatMap((host) => (host.at === undefined ? [] : [snapshotOf(host, host.at)])) };
    const text = JSON.stringify(params);
    if (text === told) return;
    told = text;
    await language.tellHosts(params);
  };
  /** A build that writes new files makes "as it is here" untrue; no keystroke in an editor does. */
  const watch = () => {
    for (const one of watched) one.dispose();
    watched = local.filter(isPackable).map((plugin) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.parse(plugin.root), "**"));
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(rejoinSoon.call);
      return watcher;
    });
  };
  const rejoinSoon = settled(() => void rejoin(), rest);
  const strangers = createStrangers(connect, ledger, () => rejoinSoon.call(), unexpected);
  const rereadSoon = settled(() => void reread(), rest);

  const listening = [
    changed,
    store.onDidChange(() => void rejoin()),
    language.onPluginsChanged(() => void reread()),
    language.onDidStart(() => void reread()),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const known = new Set(local.map((plugin) => plugin.manifest));
      if (uris.some((uri) => known.has(uri.toString()))) rereadSoon.call();
    }),
  ];
  return {
    model: () => model,
    plugins: () => local,
    reread,
    recheck: strangers.forget,
    rejoin,
    onDidChange: changed.event,
    dispose: () => {
      for (const one of [rejoinSoon, rereadSoon, strangers, ...listening, ...watched]) one.dispose();
    },
  };
}

function snapshotOf({ config, plugins }: HostState, at: number) {
  const facts = plugins.map(({ name, state, base, version, source, menus }) => {
    const icons = iconsOf(menus);
    return {
      name,
      state,
      ...(base === undefined ? {} : { base }),
      ...(version === undefined ? {} : { version }),
      ...(source === "built-in" ? { builtIn: true } : {}),
      ...(icons.length === 0 ? {} : { icons }),
    };
  });
  return { name: config.name, system: config.system, at, plugins: facts };
}

const iconsOf = (menus: PluginSummary["menus"]): readonly string[] => [
  ...new Set(menus.flatMap(({ icon, items }) => [...(icon === undefined ? [] : [icon]), ...iconsOf(items)])),
];

/** The plan of a plugin whose files can be read, else undefined: then nothing is known, and nothing said. */
async function planOf(plugin: LocalPlugin): Promise<PackPlan | undefined> {
  const root = Uri.parse(plugin.root);
  if (!isPackable(plugin)) return undefined;
  const exclude = excludesOf(settingFor("package.exclude", root));
  return packerOf(plugin.system)
    .plan(root.fsPath, { exclude })
    .catch(() => undefined);
}

function isPackable({ system, root }: LocalPlugin): boolean {
  return packableSystems().some((one) => one === system) && root.startsWith("file:");
}

async function setContexts(local: readonly LocalPlugin[]): Promise<void> {
  const paths = local.filter(isPackable).map((plugin) => Uri.parse(plugin.manifest).fsPath);
  await commands.executeCommand("setContext", "plugsmith.packableManifests", paths);
}
