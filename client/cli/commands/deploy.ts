// `plugsmith deploy`: package, upload, reload and verify in one go.

import type { Command } from "../command.js";
import { FORCE, HOST_OPTIONS, YES } from "../hosts/options.js";

export const deployCommand: Command = {
  name: "deploy",
  operands: "DIR",
  summary: "package, upload, reload, and verify that the host runs the plugin",
  about: [
    "Exit code 0 means that the host was asked afterwards and runs what was sent. When it does not, the real reason is told. The bundle is kept, so that " +
      "plugsmith rollback can bring it back later. Ctrl-C stops between the steps and says what the host has by then.",
  ],
  examples: [
    "plugsmith deploy plugins/hello --host local",
    "plugsmith deploy . --system buntime --url https://buntime.example.org",
  ],
  takes: [1, 1],
  options: [...HOST_OPTIONS, FORCE, YES],
  run: async (call) => {
    const [ops, packing, words, { chosenHost }, { confirm }, { history }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/packing.js"),
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/confirm.js"),
      import("../hosts/history.js"),
    ]);
    const { terminal } = call;
    const folder = await packing.pluginFolder(call, call.operands[0] ?? ".");
    const host = chosenHost(call, folder);
    await confirm(call, host.config, { what: `deploy ${terminal.shown(folder)}`, takesAway: false });
    return packing.withArchives(async (archives) => {
      const delivered = await ops.deploy({
        ...(await packing.packOptions(call, folder)),
        host,
        archives,
        ledger: history(terminal),
        onStep: (_step, text) => terminal.progress(text),
      });
      return words.tellDelivered(call, host, delivered);
    });
  },
};
