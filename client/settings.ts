// The settings as data, one row each as in package.json, and what their values mean once read. Every value is checked here:
// a settings file may hold anything. Free of `vscode`, so that a test can compare the rows with package.json.

import type { InitializationOptions } from "../server/protocol.js";
import { DEFAULT_SETTINGS, oneOf, readSettings } from "../server/service/index.js";
import { type Executables, toolNames, usualKeep } from "./ops/index.js";

export interface SettingRow {
  /** Without the prefix "plugsmith.". */
  readonly key: string;
  readonly default: unknown;
  readonly scope: "window" | "resource" | "machine";
  /** The value of an untrusted workspace is not used. */
  readonly restricted: boolean;
}

export const SETTINGS = [
  { key: "hosts", default: [], scope: "window", restricted: true },
  { key: "associations", default: {}, scope: "window", restricted: false },
  { key: "rules", default: {}, scope: "window", restricted: false },
  { key: "check", default: "open", scope: "window", restricted: false },
  { key: "skypilot.schema", default: "auto", scope: "window", restricted: false },
  { key: "kustomize.loadRestrictor", default: "rootOnly", scope: "window", restricted: false },
  { key: "codeLens", default: DEFAULT_SETTINGS.codeLens, scope: "window", restricted: false },
  { key: "inlayHints", default: DEFAULT_SETTINGS.inlayHints, scope: "window", restricted: false },
  { key: "package.exclude", default: [], scope: "resource", restricted: false },
  { key: "executables.kubectl", default: "", scope: "machine", restricted: false },
  { key: "executables.docker", default: "", scope: "machine", restricted: false },
  { key: "executables.git", default: "", scope: "machine", restricted: false },
  { key: "executables.python", default: "", scope: "machine", restricted: false },
  { key: "executables.sky", default: "", scope: "machine", restricted: false },
  { key: "history.keep", default: usualKeep, scope: "window", restricted: false },
  { key: "trace.server", default: "off", scope: "window", restricted: false },
] as const satisfies readonly SettingRow[];

export type SettingKey = (typeof SETTINGS)[number]["key"];
export type GetSetting = (key: SettingKey) => unknown;

/** Settings that the language server is told of. */
export const serverSettings: readonly SettingKey[] = [
  "associations",
  "rules",
  "check",
  "skypilot.schema",
  "kustomize.loadRestrictor",
  "codeLens",
  "inlayHints",
];

export function forServer(get: GetSetting): Required<Pick<InitializationOptions, "settings" | "check">> {
  return { settings: readSettings(get), check: oneOf(get("check"), ["open", "workspace"]) };
}

/** Paths of the user's programs. They are settings of the machine alone: no workspace can name a program to be run. */
export function executablesOf(get: GetSetting): Executables {
  const set = toolNames.flatMap((tool) => {
    const value = get(`executables.${tool}`);
    return typeof value === "string" ? [[tool, value]] : [];
  });
  return Object.fromEntries(set);
}

/** How many bundles are kept for each host and plugin; what is no number is as if it weren't there. */
export function keptBundles(value: unknown): number {
  return typeof value === "number" ? value : usualKeep;
}

export function excludesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
