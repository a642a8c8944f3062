// Binds each row of the command table to what it does.

import type { App } from "../app.js";
import { compareBundle, saveBundle } from "./acting/bundles.js";
import { deployPlugin } from "./acting/deploy.js";
import { disablePlugin, enablePlugin } from "./acting/enable.js";
import { startOnChange, stopOnChange } from "./acting/onChange.js";
import { packagePlugin } from "./acting/package.js";
import { reloadHost } from "./acting/reload.js";
import { removeFromHost } from "./acting/remove.js";
import { rollBack } from "./acting/rollback.js";
import { deployToSeveral } from "./acting/several.js";
import { uploadPlugin } from "./acting/upload.js";
import {
  addGitPlugin,
  addLocalPlugin,
  copyPluginsValue,
  editPluginsEntry,
  removePluginsEntry,
} from "./entries/commands.js";
import { checkWorkspace } from "./files/checkWorkspace.js";
import { compareCluster, compareRender, openSource } from "./files/compare.js";
import { fetchRefs } from "./files/fetchRefs.js";
import { newPlugin } from "./files/newPlugin.js";
import { preview } from "./files/preview.js";
import { selectSystem } from "./files/selectSystem.js";
import { addHost, editHost, forgetHost } from "./hosts/addHost.js";
import { checkHost } from "./hosts/doctor.js";
import { startLocal, stopLocal } from "./hosts/localHost.js";
import { showLogs, stopLogs } from "./hosts/showLogs.js";
import { signIn, signOut } from "./hosts/signIn.js";
import { mustBeChosenAgain } from "./lostRow.js";
import { openManifest, openPage } from "./open.js";
import { refresh } from "./refresh.js";
import type { CommandId } from "./table.js";

/** Gets what the caller passed: a tree item, a file, a `Target`, or nothing. */
export type Handler = (app: App, argument: unknown) => Promise<unknown>;

const handlers: Readonly<Record<CommandId, Handler>> = {
  addHost,
  editHost,
  forgetHost,
  signIn,
  signOut,
  newPlugin,
  package: packagePlugin,
  upload: uploadPlugin,
  reload: reloadHost,
  deploy: deployPlugin,
  preview,
  compareRender,
  compareCluster,
  openSource,
  deployToSeveral,
  deployOnChange: startOnChange,
  stopDeployOnChange: stopOnChange,
  remove: removeFromHost,
  rollback: rollBack,
  enable: enablePlugin,
  disable: disablePlugin,
  saveBundle,
  showLogs,
  stopLogs,
  compareBundle,
  doctor: checkHost,
  addGitPlugin,
  addLocalPlugin,
  editPluginsEntry,
  removePluginsEntry,
  copyPluginsValue,
  refresh,
  startLocalHost: startLocal,
  stopLocalHost: stopLocal,
  fetchRefs,
  selectSystem,
  checkWorkspace,
  showOutput: async (app) => app.log.show(true),
  openPage,
  openManifest,
};

/** `given` is what VS Code passes: nothing from the palette. */
export async function handle(app: App, id: CommandId, given: readonly unknown[]): Promise<unknown> {
  return mustBeChosenAgain(app, id, given) ? undefined : handlers[id](app, given[0]);
}
