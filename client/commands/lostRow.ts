// A command of a tree's row whose row was lost on the way: while VS Code draws a tree anew it knows none of its rows, and passes nothing
// for the one that was meant. Most commands then ask, as from the palette; those that can't are to be chosen once more.

import { window } from "vscode";
import type { App } from "../app.js";
import { COMMANDS, type CommandId } from "./table.js";

/** True when the command can't be run with what VS Code passed, which the user has been told by then. */
export function mustBeChosenAgain({ log }: Pick<App, "log">, id: CommandId, given: readonly unknown[]): boolean {
  const isLost = given.length > 0 && (given[0] === undefined || given[0] === null);
  if (!isLost) return false;
  log.warn(`${id}: its row was just being drawn anew`);
  if (!rowOnly.has(id)) return false;
  void window.showInformationMessage("The list was just being drawn anew. Choose it once more.");
  return true;
}

const rowOnly: ReadonlySet<string> = new Set(COMMANDS.flatMap((row) => ("hidden" in row ? [row.id] : [])));
