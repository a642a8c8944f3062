// `plugsmith rollback`: puts the bundle before the current one back on a host.

import type { Command } from "../command.js";
import { HOST_OPTIONS, YES } from "../hosts/options.js";

export const rollbackCommand: Command = {
  name: "rollback",
  operands: "NAME",
  summary: "bring back the bundle that a host had before, and verify that it runs",
  about: [
    "Bundles are kept here, for each host and plugin, when deploy or upload send them; the newest one whose contents differ from what the host has " +
      "now is sent. PLUGSMITH_HOME says where they are kept.",
  ],
  examples: ['plugsmith rollback "@acme/hello" --host local'],
  takes: [1, 1],
  options: [...HOST_OPTIONS, { name: "force", about: "go on in spite of what the host has against the bundle" }, YES],
  run: async (call) => {
    const [ops, words, { chosenHost }, { confirm }, { history }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/confirm.js"),
      import("../hosts/history.js"),
    ]);
    const { terminal, signal } = call;
    const [plugin = ""] = call.operands;
    const host = chosenHost(call);
    await confirm(call, host.config, { what: `roll back "${plugin}"`, takesAway: false });
    const delivered = await ops.rollback({
      host,
      plugin,
      signal,
      ledger: history(terminal),
      force: call.on("force"),
      onStep: (_step, text) => terminal.progress(text),
    });
    return words.tellDelivered(call, host, delivered, { back: { at: delivered.to.at, version: delivered.to.version } });
  },
};
