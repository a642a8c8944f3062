// `plugsmith history`: what was sent of a plugin to a host, and what of it is kept for a rollback.

import type { Command } from "../command.js";
import { HOST_OPTIONS } from "../hosts/options.js";

export const historyCommand: Command = {
  name: "history",
  operands: "NAME",
  summary: "list what was sent of a plugin to a host, newest first, with what can be rolled back to",
  about: [
    "Asks no host. The terminal and the editor share one history. An entry whose bundle is kept can be brought back: plugsmith rollback NAME --to ID.",
  ],
  examples: ['plugsmith history "@acme/hello" --host local'],
  takes: [1, 1],
  options: HOST_OPTIONS,
  run: async (call) => {
    const [words, { chosenHost }, { history }] = await Promise.all([
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/history.js"),
    ]);
    const { terminal } = call;
    const [plugin = ""] = call.operands;
    const { config } = chosenHost(call);
    const ledger = history(terminal);
    const entries = await ledger.history(config, plugin);
    if (call.on("json")) {
      const data = entries.map((entry) => ({ ...entry, bundle: ledger.bundle(entry) }));
      terminal.print(JSON.stringify({ host: words.hostData(config), plugin, entries: data }, undefined, 2));
      return 0;
    }
    if (entries.length === 0) terminal.print(`nothing of "${plugin}" was sent to ${words.hostWords(config)} from here`);
    const rows = entries.map(({ id, at, action, version, result, bundle, reason, origin }) => [
      id,
      new Date(at).toLocaleString("sv-SE"),
      action,
      version ?? "",
      words.resultWords[result],
      bundle === undefined ? "" : "kept",
      origin === undefined ? "" : `${origin.commit.slice(0, 7)}${origin.dirty ? "+" : ""}`,
      reason ?? "",
    ]);
    for (const line of words.columns(rows)) terminal.print(line);
    return 0;
  },
};
