// `plugsmith upload`: brings a plugin's files to a host without loading them.

import { type Command, type ExitCode, Misuse } from "../command.js";
import { ACT_OPTIONS, FORCE, HOST_OPTIONS, OVERWRITE } from "../hosts/options.js";

export const uploadCommand: Command = {
  name: "upload",
  operands: "DIR|FILE",
  summary: "send a plugin's files to a host, which runs them after a reload",
  about: [
    "Packs the folder DIR, or takes the archive FILE (.tgz). The host runs what it ran before until it is reloaded.",
    "When the host has something else of the plugin than was last sent from here, nothing is sent: --overwrite replaces it.",
  ],
  examples: [
    "plugsmith upload plugins/hello --host local",
    "plugsmith upload hello-1.2.0.tgz --system buntime --url http://127.0.0.1:8000",
  ],
  takes: [1, 1],
  options: [...HOST_OPTIONS, ...ACT_OPTIONS, FORCE, OVERWRITE],
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
    const operand = call.operands[0] ?? ".";
    const host = chosenHost(call, packing.settingsFolder(call, operand));
    if (!host.upload) throw new Misuse(`nothing can be uploaded to ${host.config.system} hosts from here`);
    const ledger = history(terminal);
    return packing.withArchives<ExitCode>(async (archives) => {
      terminal.progress("packing");
      const { shipment, plan: pack, findings: own } = await packing.packed(call, host, operand, archives);
      terminal.progress(`asking ${host.config.name}`);
      const judged = [...own, ...ops.packerOf(shipment.system).judge(shipment)];
      const intent = { operation: "upload", shipment } as const;
      const question = { host, intent, signal, ledger, findings: judged, ...(pack && { pack }) };
      const gone = await gate(call, await ops.planAction(question));
      if (gone !== "go") return gone;
      terminal.progress(`sending ${words.sizeWords(shipment.bytes)}`);
      const act = { host, shipment, signal, ledger, force: on("force"), overwrite: on("overwrite") };
      const { uploaded, findings, notRecorded: lost } = await ops.uploadPlugin(act);
      const notRecorded = lost && ops.errorText(lost);
      if (on("json")) {
        const archive = words.shipmentData(shipment);
        const data = { host: words.hostData(host.config), uploaded, archive, findings, notRecorded };
        terminal.print(JSON.stringify(data, undefined, 2));
        return 0;
      }
      words.noteFindings(findings, terminal);
      if (notRecorded !== undefined) terminal.note(`plugsmith: ${notRecorded}`);
      for (const line of words.replicaLines(uploaded.replicas)) terminal.print(line);
      terminal.print(`uploaded ${words.pluginWords(shipment)} to ${words.hostWords(host.config)}`);
      const next =
        host.reload === undefined ? "reload or restart the host by its own means" : "plugsmith reload does that";
      terminal.print(`it is not loaded yet: ${next}`);
      return 0;
    });
  },
};
