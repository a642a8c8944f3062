// Binds each row of the command table to what it does.

import type { App } from "../app.js";
import { addHost, editHost, forgetHost } from "./addHost.js";
import { compareBundle, saveBundle } from "./bundles.js";
import { checkWorkspace } from "./checkWorkspace.js";
import { compareCluster, compareRender, openSource } from "./compare.js";
import { deployPlugin } from "./deploy.js";
import { checkHost } from "./doctor.js";
import { disablePlugin, enablePlugin } from "./enable.js";
import {
  addGitPlugin,
  addLocalPlugin,
  copyPluginsValue,
  editPluginsEntry,
  removePluginsEntry,
} from "./entries/commands.js";
import { fetchRefs } from "./fetchRefs.js";
import { startLocal, stopLocal } from "./localHost.js";
import { newPlugin } from "./newPlugin.js";
import { startOnChange, stopOnChange } from "./onChange.js";
import { openManifest, openPage } from "./open.js";
import { packagePlugin } from "./package.js";
import { preview } from "./preview.js";
import { refresh } from "./refresh.js";
import { reloadHost } from "./reload.js";
import { removeFromHost } from "./remove.js";
import { rollBack } from "./rollback.js";
import { selectSystem } from "./selectSystem.js";
import { deployToSeveral } from "./several.js";
import { showLogs, stopLogs } from "./showLogs.js";
import { signIn, signOut } from "./signIn.js";
import type { CommandId } from "./table.js";
import { uploadPlugin } from "./upload.js";

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

export function handle(app: App, id: CommandId, argument: unknown): Promise<unknown> {
  return handlers[id](app, argument);
}
