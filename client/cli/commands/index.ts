// The commands of the terminal, in the order of the help.

import type { Command } from "../command.js";
import { checkCommand } from "./check.js";
import { hostCommand } from "./host.js";

export const commands: readonly Command[] = [checkCommand, hostCommand];
