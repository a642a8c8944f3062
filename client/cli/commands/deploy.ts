// `plugsmith deploy`: package, upload, reload and verify in one go.

import type { Command } from "../command.js";
import { ACT_OPTIONS, FORCE, HOST_OPTIONS, OVERWRITE, RAISE_VERSION } from "../hosts/options.js";

export const deployCommand: Command = {
  name: "deploy",
  operands: "DIR",
  summary: "package, upload, reload, and verify that the host runs the plugin",
  about: [
    "Exit code 0 means that the host was asked afterwards and runs what was sent. When it does not, the real reason is told. The bundle is kept, so that " +
      "plugsmith rollback can bring it back later. Ctrl-C stops between the steps and says what the host has by then.",
    "When the host has something else of the plugin than was last sent from here, nothing is sent: --overwrite replaces it. --dry-run packs the plugin, " +
      "asks the host, and shows what would change.",
  ],
  examples: [
    "plugsmith deploy plugins/hello --host local",
    "plugsmith deploy plugins/hello --host team --dry-run",
    "plugsmith deploy . --system buntime --url https://buntime.example.org",
  ],
  takes: [1, 1],
  options: [...HOST_OPTIONS, ...ACT_OPTIONS, FORCE, OVERWRITE, RAISE_VERSION],
  run: async (call) => {
    const [ops, packing, words, { chosenHost }, { gate }, { history }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/packing.js"),
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/gate.js"),
      import("../hosts/history.js"),
    ]);
    const { terminal, signal, on } = call;
    const folder = await packing.pluginFolder(call, call.operands[0] ?? ".");
    const host = chosenHost(call, folder);
    const ledger = history(terminal);
    await packing.raisedVersion(call, host.config.system, folder);
    return packing.withArchives(async (archives) => {
      const onStep = (_step: unknown, text: string) => terminal.progress(text);
      const { system } = host.config;
      const options = { ...(await packing.packOptions(call, folder)), host, system, archives, onStep };
      const { plan: pack, shipment, findings } = await ops.packageFor(options);
      terminal.progress(`asking ${host.config.name}`);
      const intent = { operation: "deploy", shipment } as const;
      const plan = await ops.planAction({ host, intent, signal, ledger, pack, findings });
      const gone = await gate(call, plan);
      if (gone !== "go") return gone;
      const act = { host, action: "deploy", signal, ledger, onStep } as const;
      const delivered = await ops.deliver(
        { ...act, force: on("force"), overwrite: on("overwrite") },
        shipment,
        findings,
      );
      return words.tellDelivered(call, host, delivered);
    });
  },
};
