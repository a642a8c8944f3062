// `plugsmith deploy`: package, upload, reload and verify in one go.

import { type Command, type ExitCode, Misuse } from "../command.js";
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
    "With --hosts, every host is planned and agreed to before the first is changed; a few are done at a time, a table tells of each, and after a failure " +
      "nothing more is begun unless --keep-going is given. With --watch, what the build writes is deployed too, until Ctrl-C; never to a production host.",
  ],
  examples: [
    "plugsmith deploy plugins/hello --host local",
    "plugsmith deploy plugins/hello --host team --dry-run",
    "plugsmith deploy plugins/hello --hosts team,staging --keep-going",
    "plugsmith deploy plugins/hello --host local --watch",
    "plugsmith deploy . --system buntime --url https://buntime.example.org",
  ],
  takes: [1, 1],
  options: [
    ...HOST_OPTIONS,
    { name: "hosts", value: "NAMES", about: "several rows of plugsmith.hosts, with commas between them" },
    { name: "keep-going", about: "with --hosts: go on with the others after a failure" },
    { name: "watch", short: "w", about: "go on, and deploy whenever what goes into the package has changed" },
    ...ACT_OPTIONS,
    FORCE,
    OVERWRITE,
    RAISE_VERSION,
  ],
  run: async (call) => {
    const [packing, words, { chosenHost, chosenHosts }, { prepared, sent }, { gate }, { history }] = await Promise.all([
      import("../hosts/packing.js"),
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/deploying.js"),
      import("../hosts/gate.js"),
      import("../hosts/history.js"),
    ]);
    const { terminal, on, value } = call;
    const folder = await packing.pluginFolder(call, call.operands[0] ?? ".");
    const ledger = history(terminal);
    if (value("hosts") !== undefined) {
      if (on("watch")) throw new Misuse("--watch is for one host; leave out --hosts");
      const [hosts, { toSeveral }] = [chosenHosts(call, folder), await import("../hosts/several.js")];
      const [first] = hosts;
      if (first !== undefined) await packing.raisedVersion(call, first.config.system, folder);
      return packing.withArchives((archives) => toSeveral(call, hosts, folder, archives, ledger));
    }
    const host = chosenHost(call, folder);
    const { refuseWatching, watched } = await import("../hosts/watching.js");
    if (on("watch")) refuseWatching(host);
    await packing.raisedVersion(call, host.config.system, folder);
    return packing.withArchives<ExitCode>(async (archives) => {
      const ready = await prepared(call, host, folder, archives, ledger);
      const gone = await gate(call, ready.plan);
      if (gone !== "go") return gone;
      if (on("watch")) return watched(call, ready, folder, archives, ledger);
      return words.tellDelivered(call, host, await sent(call, ready, ledger));
    });
  },
};
