// Plugins that are deployed whenever their build writes something: one loop for each plugin and host, its state in the status bar and in
// the trees, its failures as problems at the manifest.

import {
  Diagnostic,
  type DiagnosticCollection,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Range,
  RelativePattern,
  type StatusBarItem,
  Uri,
  window,
  workspace,
} from "vscode";
import type { LocalPlugin } from "../../server/protocol.js";
import {
  deployOnChange,
  errorText,
  type HostConfig,
  type Loop,
  type LoopOptions,
  type LoopState,
} from "../ops/index.js";
import { sentence } from "../sentence.js";
import { clock } from "./model/words.js";

export interface Loops extends Disposable {
  start(host: HostConfig, plugin: LocalPlugin, options: Omit<LoopOptions, "onState" | "folder">): void;
  /** True when there was one. */
  stop(host: string, plugin: string): Promise<boolean>;
  running(): readonly { readonly host: string; readonly plugin: string }[];
  /** "on change: loaded 14:02"; undefined without a loop. */
  words(host: string, plugin: string): string | undefined;
}

interface Running {
  readonly host: string;
  readonly plugin: string;
  readonly loop: Loop;
  readonly item: StatusBarItem;
  readonly watcher: Disposable;
  /** Of this loop alone: a plugin may be deployed to several hosts. */
  readonly problems: DiagnosticCollection;
  words: string;
}

export function createLoops(ended: (host: string) => Promise<void>, changed: () => void): Loops {
  const running = new Map<string, Running>();
  const keyOf = (host: string, plugin: string) => `${host}\n${plugin}`;
  const show = (one: Running, manifest: Uri, state: LoopState) => {
    const { words, icon, problem } = shown(state);
    one.words = words;
    one.item.text = `$(${icon}) ${one.plugin} → ${one.host}: ${words}`;
    one.item.tooltip =
      `${one.plugin} is deployed to ${one.host} on each change. ${problem ?? ""} Click to stop.`.replace("  ", " ");
    if (state.is !== "working")
      one.problems.set(manifest, problem === undefined ? [] : [diagnosticOf(one.host, problem)]);
    changed();
    if (state.is === "delivered" || state.is === "failed") void ended(one.host);
  };
  const stop = async (host: string, plugin: string) => {
    const one = running.get(keyOf(host, plugin));
    if (one === undefined) return false;
    running.delete(keyOf(host, plugin));
    one.watcher.dispose();
    one.item.dispose();
    one.problems.dispose();
    await one.loop.stop();
    changed();
    return true;
  };
  return {
    start: (host, plugin, options) => {
      const root = Uri.parse(plugin.root);
      const item = window.createStatusBarItem(`plugsmith.onChange.${host.name}.${plugin.name}`);
      item.name = `Plugsmith: ${plugin.name} on change`;
      const target = { host: host.name, plugin: plugin.name };
      item.command = { command: "plugsmith.stopDeployOnChange", title: "Stop", arguments: [target] };
      const problems = languages.createDiagnosticCollection(`plugsmith.onChange.${host.name}.${plugin.name}`);
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(root, "**"));
      const states: LoopState[] = [];
      let one: Running | undefined;
      const loop = deployOnChange({
        ...options,
        folder: root.fsPath,
        onState: (state) => {
          if (one === undefined) states.push(state);
          else show(one, Uri.parse(plugin.manifest), state);
        },
      });
      one = { host: host.name, plugin: plugin.name, loop, item, watcher, problems, words: "" };
      running.set(keyOf(host.name, plugin.name), one);
      for (const state of states) show(one, Uri.parse(plugin.manifest), state);
      for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(() => loop.changed());
      item.show();
    },
    stop,
    running: () => [...running.values()].map(({ host, plugin }) => ({ host, plugin })),
    words: (host, plugin) => {
      const one = running.get(keyOf(host, plugin));
      return one === undefined ? undefined : `on change: ${one.words}`;
    },
    dispose: () => {
      for (const { host, plugin } of running.values()) void stop(host, plugin);
    },
  };
}

interface Shown {
  readonly words: string;
  readonly icon: string;
  readonly problem?: string;
}

function shown(state: LoopState): Shown {
  switch (state.is) {
    case "waiting":
      return { words: "waiting", icon: "eye" };
    case "working":
      return { words: state.step, icon: "sync~spin" };
    case "failed":
      return { words: `failed ${clock(Date.now())}`, icon: "error", problem: sentence(errorText(state.error)) };
    case "delivered": {
      const { verdict } = state.delivered;
      if (verdict.state === "verified") return { words: `loaded ${clock(Date.now())}`, icon: "pass" };
      const problem = sentence(`${verdict.reason}; ${verdict.next}`);
      return { words: `not loaded ${clock(Date.now())}`, icon: "error", problem };
    }
  }
}

function diagnosticOf(host: string, message: string): Diagnostic {
  const diagnostic = new Diagnostic(new Range(0, 0, 0, 1), message, DiagnosticSeverity.Error);
  diagnostic.source = `plugsmith (${host})`;
  return diagnostic;
}
