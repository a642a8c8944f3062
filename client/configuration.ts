// Reads and writes the settings of this window. What values mean is `settings.ts`'s.

import { ConfigurationTarget, type Uri, workspace } from "vscode";
import { createEmitter } from "./emitter.js";
import type { HostSetting } from "./hostRows.js";
import type { GetSetting, SettingKey } from "./settings.js";

export const setting: GetSetting = (key) => workspace.getConfiguration("plugsmith").get<unknown>(key);

export function settingFor(key: SettingKey, resource: Uri): unknown {
  return workspace.getConfiguration("plugsmith", resource).get<unknown>(key);
}

/** The setting `plugsmith.hosts`, which is not used in an untrusted workspace: its own settings could name hosts. */
export function hostSetting(subscriptions: { dispose(): unknown }[]): HostSetting {
  const changed = createEmitter<void>();
  subscriptions.push(
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("plugsmith.hosts") && changed.fire()),
    workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  );
  return {
    value: () => (workspace.isTrusted ? setting("hosts") : undefined),
    base: () => workspace.workspaceFolders?.[0]?.uri.fsPath,
    onDidChange: changed.event,
  };
}

export type Store = "workspace" | "user";

/** Where a new value goes unless the user says otherwise: beside the files when there are any. */
export function usualStore(): Store {
  return workspace.workspaceFolders === undefined ? "user" : "workspace";
}

/** The value in one place alone, not what all places together make of it. */
export function valueIn(store: Store, key: SettingKey): unknown {
  const found = workspace.getConfiguration("plugsmith").inspect<unknown>(key);
  return store === "workspace" ? found?.workspaceValue : found?.globalValue;
}

export async function write(store: Store, key: SettingKey, value: unknown): Promise<void> {
  const target = store === "workspace" ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await workspace.getConfiguration("plugsmith").update(key, value, target);
}
