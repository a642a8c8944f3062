// Reads and writes the settings of this window. What values mean is `settings.ts`'s.

import { ConfigurationTarget, type Uri, workspace } from "vscode";
import type { GetSetting, SettingKey } from "./settings.js";

export const setting: GetSetting = (key) => workspace.getConfiguration("plugsmith").get<unknown>(key);

export function settingFor(key: SettingKey, resource: Uri): unknown {
  return workspace.getConfiguration("plugsmith", resource).get<unknown>(key);
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
