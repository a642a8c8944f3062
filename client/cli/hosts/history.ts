// The history of what was sent, as the terminal opens it: in the place that the editor uses too, with as many bundles as the nearest
// settings say.

import { historyFolder, type Ledger, openLedger, usualKeep } from "../../ops/index.js";
import { settingsAbove } from "../settings.js";
import type { Terminal } from "../terminal.js";

export function history({ env, cwd }: Terminal): Ledger {
  const keep = () => {
    const wanted = settingsAbove(cwd)?.values["plugsmith.history.keep"];
    return typeof wanted === "number" ? wanted : usualKeep;
  };
  return openLedger(historyFolder(env), { keep });
}
