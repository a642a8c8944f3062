// `plugsmith list`: the plugins of a host, with what it runs of them.

import { type Command, Misuse } from "../command.js";
import { HOST_OPTIONS } from "../hosts/options.js";

export const listCommand: Command = {
  name: "list",
  operands: "",
  summary: "list the plugins of a host: loaded, only installed, or removed and still running",
  about: ["What the host runs is joined with what is installed on it."],
  examples: ["plugsmith list --host local", "plugsmith list --system buntime --url http://127.0.0.1:8000 --json"],
  takes: [0, 0],
  options: HOST_OPTIONS,
  run: async (call) => {
    const [words, { chosenHost }] = await Promise.all([import("../hosts/words.js"), import("../hosts/choose.js")]);
    const { terminal, signal } = call;
    const host = chosenHost(call);
    if (!host.list) throw new Misuse(`the plugins of ${host.config.system} hosts can't be listed from here`);
    terminal.progress(`asking ${host.config.name}`);
    const plugins = [...(await host.list(signal))].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (call.on("json")) {
      terminal.print(JSON.stringify({ host: words.hostData(host.config), plugins }, undefined, 2));
      return 0;
    }
    if (plugins.length === 0) terminal.print(`no plugins on ${words.hostWords(host.config)}`);
    const rows = plugins.map(({ name, version, state, base, note }) => [
      name,
      version ?? "",
      words.stateWords[state],
      base ?? "",
      note ?? "",
    ]);
    for (const line of words.columns(rows)) terminal.print(line);
    return 0;
  },
};
