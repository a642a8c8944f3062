// `plugsmith remove`: takes a plugin's files from a host, reloads it, and says whether the plugin still runs.

import type { Command } from "../command.js";
import { ACT_OPTIONS, HOST_OPTIONS, OVERWRITE } from "../hosts/options.js";

export const removeCommand: Command = {
  name: "remove",
  operands: "NAME",
  summary: "remove a plugin from a host, and verify that it no longer runs",
  about: [
    "NAME is the plugin's name as plugsmith list shows it. The host is reloaded afterwards, because it runs a removed plugin until then. " +
      "Bundles that were sent before are kept here: plugsmith rollback brings the plugin back.",
  ],
  examples: ['plugsmith remove "@acme/hello" --host local'],
  takes: [1, 1],
  options: [...HOST_OPTIONS, ...ACT_OPTIONS, OVERWRITE],
  run: async (call) => {
    const [ops, words, { acting }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/words.js"),
      import("../hosts/acting.js"),
    ]);
    const { terminal, signal, on } = call;
    const { host, plugin, ledger, agreed } = acting(call);
    const gone = await agreed({ operation: "remove", plugin });
    if (gone !== "go") return gone;
    terminal.progress(`removing ${plugin}`);
    const removed = await ops.removePlugin({ host, plugin, signal, ledger, overwrite: on("overwrite") });
    if (on("json")) {
      terminal.print(JSON.stringify({ host: words.hostData(host.config), removed }, undefined, 2));
    } else {
      for (const line of words.replicaLines(removed.replicas)) terminal.print(line);
      const what = `"${removed.name}" is removed from ${words.hostWords(host.config)}`;
      if (removed.gone || removed.note === undefined)
        terminal.print(`${what} and ${removed.gone ? "no longer" : "still"} runs`);
      else terminal.print(`${what}: ${removed.note}`);
      if (removed.gone && removed.note !== undefined) terminal.note(`note: ${removed.note}`);
    }
    return removed.gone ? 0 : 1;
  },
};
