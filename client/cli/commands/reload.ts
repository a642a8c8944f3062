// `plugsmith reload`: lets a host read its plugins anew, and reads back which ones it runs.

import { type Command, Misuse } from "../command.js";
import { ACT_OPTIONS, HOST_OPTIONS } from "../hosts/options.js";

export const reloadCommand: Command = {
  name: "reload",
  operands: "",
  summary: "let a host read its plugins anew, and say which ones it runs",
  about: ["A host's own answer names everything it looked at; what it really runs is read back afterwards."],
  examples: ["plugsmith reload --host local"],
  takes: [0, 0],
  options: [...HOST_OPTIONS, ...ACT_OPTIONS],
  run: async (call) => {
    const [{ planAction }, words, { chosenHost }, { gate }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/gate.js"),
    ]);
    const { terminal, signal } = call;
    const host = chosenHost(call);
    if (!host.reload)
      throw new Misuse(
        `"${host.config.name}" can't be reloaded from here: its row names no way to; plugsmith doctor says what is missing`,
      );
    const gone = await gate(call, await planAction({ host, intent: { operation: "reload" }, signal }));
    if (gone !== "go") return gone;
    terminal.progress(`reloading ${host.config.name}`);
    const { scanned, milliseconds, replicas } = await host.reload(signal);
    terminal.progress("reading back");
    const plugins = (await host.list?.(signal)) ?? [];
    const loaded = plugins.filter(({ state }) => state === "loaded" || state === "lingering").map(({ name }) => name);
    const notLoaded = scanned
      .map(({ name }) => name)
      .filter((name) => host.list !== undefined && !loaded.includes(name));
    if (call.on("json")) {
      const data = { host: words.hostData(host.config), milliseconds, scanned, loaded, notLoaded, replicas };
      terminal.print(JSON.stringify(data, undefined, 2));
      return 0;
    }
    const seconds = (milliseconds / 1000).toFixed(1);
    terminal.print(`reloaded ${words.hostWords(host.config)} in ${seconds} s: ${loaded.length} loaded`);
    for (const line of words.replicaLines(replicas)) terminal.print(line);
    for (const name of notLoaded) {
      const note = plugins.find((plugin) => plugin.name === name)?.note ?? "the host's log says why";
      terminal.print(`  "${name}" was found and is not loaded: ${note}`);
    }
    return 0;
  },
};
