// `plugsmith upload`: brings a plugin's files to a host without loading them.

import { type Command, type ExitCode, Misuse } from "../command.js";
import { FORCE, HOST_OPTIONS, YES } from "../hosts/options.js";

export const uploadCommand: Command = {
  name: "upload",
  operands: "DIR|FILE",
  summary: "send a plugin's files to a host, which runs them after a reload",
  about: [
    "Packs the folder DIR, or takes the archive FILE (.tgz). The host runs what it ran before until it is reloaded.",
  ],
  examples: [
    "plugsmith upload plugins/hello --host local",
    "plugsmith upload hello-1.2.0.tgz --system buntime --url http://127.0.0.1:8000",
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
    const { terminal, signal } = call;
    const operand = call.operands[0] ?? ".";
    const host = chosenHost(call, packing.settingsFolder(call, operand));
    if (!host.upload) throw new Misuse(`nothing can be uploaded to ${host.config.system} hosts from here`);
    const upload = host.upload;
    return packing.withArchives<ExitCode>(async (archives) => {
      terminal.progress("packing");
      const { shipment, findings: own } = await packing.packed(call, host.config.system, operand, archives);
      terminal.progress(`asking ${host.config.name}`);
      const findings = [...own, ...((await host.check?.(shipment, signal)) ?? [])];
      if (ops.stops(findings) && !call.on("force")) throw packing.refusedFor("upload", findings);
      await confirm(call, host.config, { what: `upload ${words.pluginWords(shipment)}`, takesAway: false });
      terminal.progress(`sending ${words.sizeWords(shipment.bytes)}`);
      const uploaded = await upload(shipment, signal);
      const kept = { action: "upload", result: "sent", shipment } as const;
      const notRecorded = await recorded(() => history(terminal).record(host.config, uploaded.name, kept));
      if (call.on("json")) {
        const data = {
          host: words.hostData(host.config),
          uploaded,
          archive: words.shipmentData(shipment),
          findings,
          notRecorded,
        };
        terminal.print(JSON.stringify(data, undefined, 2));
        return 0;
      }
      words.noteFindings(findings, terminal);
      if (notRecorded !== undefined) terminal.note(`plugsmith: ${notRecorded}`);
      terminal.print(`uploaded ${words.pluginWords(shipment)} to ${words.hostWords(host.config)}`);
      terminal.print("it is not loaded yet: plugsmith reload does that");
      return 0;
    });
    /** The upload stands whether it can be written down or not. */
    async function recorded(work: () => Promise<unknown>): Promise<string | undefined> {
      try {
        await work();
        return undefined;
      } catch (error) {
        if (error instanceof ops.HostError) return ops.errorText(error);
        throw error;
      }
    }
  },
};
