// The commands of the terminal, in the order of the help.

import type { Command } from "../command.js";
import { checkCommand } from "./check.js";
import { deployCommand } from "./deploy.js";
import { doctorCommand } from "./doctor.js";
import { disableCommand, enableCommand } from "./enable.js";
import { entryCommand } from "./entry.js";
import { historyCommand } from "./history.js";
import { hostCommand } from "./host.js";
import { listCommand } from "./list.js";
import { logsCommand } from "./logs.js";
import { newCommand } from "./new.js";
import { packageCommand } from "./package.js";
import { reloadCommand } from "./reload.js";
import { removeCommand } from "./remove.js";
import { rollbackCommand } from "./rollback.js";
import { serverCommand } from "./server.js";
import { uploadCommand } from "./upload.js";

export const commands: readonly Command[] = [
  checkCommand,
  newCommand,
  deployCommand,
  packageCommand,
  uploadCommand,
  reloadCommand,
  listCommand,
  logsCommand,
  removeCommand,
  rollbackCommand,
  historyCommand,
  enableCommand,
  disableCommand,
  doctorCommand,
  entryCommand,
  hostCommand,
  serverCommand,
];
