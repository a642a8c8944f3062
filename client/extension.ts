// What runs on activation, which any YAML or JSON file brings about: it registers commands and views, and waits. All else is
// loaded from a file of its own, and the language server started, once there is something to do: a file with a
// manifest's name, a view, a command.

import { commands, type ExtensionContext, tasks, window } from "vscode";
import type { Awake } from "./awake.js";
import { COMMANDS } from "./commands/table.js";
import { manifestGlobs } from "./documents.js";
import { lateTree } from "./views/lateTree.js";
import { whenNeeded } from "./whenNeeded.js";

export function activate(context: ExtensionContext): void {
  let waking: Promise<Awake> | undefined;
  const wake = (reason: string): Promise<Awake> => {
    waking ??= load(reason);
    return waking;
  };
  const load = async (reason: string) => {
    waiting.dispose();
    const { wakeUp } = await import("./awake.js");
    const awake = wakeUp(context, { hosts, plugins }, reason);
    ends.push(awake.end);
    return awake;
  };
  const trees = async () => (await wake("a view is shown")).trees;

  const hostsTree = lateTree(async () => (await trees()).hosts);
  const pluginsTree = lateTree(async () => (await trees()).plugins);
  const hosts = window.createTreeView("plugsmith.hosts", { treeDataProvider: hostsTree, showCollapseAll: true });
  const plugins = window.createTreeView("plugsmith.plugins", { treeDataProvider: pluginsTree });
  const waiting = whenNeeded(manifestGlobs(context.extension.packageJSON), (reason) => void wake(reason));
  const bound = COMMANDS.map(({ id }) =>
    commands.registerCommand(`plugsmith.${id}`, async (...given: unknown[]) =>
      (await wake(`the command ${id} is run`)).handle(id, given),
    ),
  );
  /** VS Code asks for tasks on occasions of its own: where there is no manifest there are none, and that wakes nothing. */
  const tasksHere = async () => {
    await waiting.looked;
    return (await waking)?.tasks;
  };
  const taskProvider = tasks.registerTaskProvider("plugsmith", {
    provideTasks: async (token) => (await tasksHere())?.provideTasks(token) ?? [],
    resolveTask: async (task, token) => (await wake("a task is run")).tasks.resolveTask(task, token),
  });
  context.subscriptions.push(taskProvider, hosts, plugins, waiting, ...bound);
}

export async function deactivate(): Promise<void> {
  await Promise.allSettled(ends.splice(0).map((end) => end()));
}

/** What ends with the extension. VS Code calls `deactivate` without arguments, so it has to stand here. */
const ends: (() => Promise<void>)[] = [];
