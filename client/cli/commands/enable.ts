// `plugsmith enable` and `plugsmith disable`: whether a host loads a plugin that it has, without removing it.

import { type Command, Misuse } from "../command.js";
import { ACT_OPTIONS, HOST_OPTIONS } from "../hosts/options.js";

export const enableCommand = switching("enable");
export const disableCommand = switching("disable");

function switching(operation: "enable" | "disable"): Command {
  const to = operation === "enable" ? "enabled" : "disabled";
  return {
    name: operation,
    operands: "NAME",
    summary:
      operation === "enable"
        ? "let a host load a plugin that it has, and verify that it runs"
        : "let a host keep a plugin without loading it, and verify that it no longer runs",
    about: [
      "NAME is the plugin's name as plugsmith list shows it. Buntime can do this since v0.4.0: it writes the field enabled in the manifest on the host " +
        "and reloads all plugins.",
    ],
    examples: [`plugsmith ${operation} "@acme/hello" --host local`],
    takes: [1, 1],
    options: [...HOST_OPTIONS, ...ACT_OPTIONS],
    run: async (call) => {
      const [ops, words, { acting }, { systemTitle }] = await Promise.all([
        import("../../ops/index.js"),
        import("../hosts/words.js"),
        import("../hosts/acting.js"),
        import("../../../server/service/index.js"),
      ]);
      const { terminal, signal } = call;
      const { host, plugin, ledger, agreed } = acting(call);
      if (!host.setEnabled) {
        const { name, system } = host.config;
        throw new Misuse(
          `plugins of "${name}" can't be ${to}: ${systemTitle(system)} hosts have no such switch; remove or deploy them`,
        );
      }
      const gone = await agreed({ operation, plugin });
      if (gone !== "go") return gone;
      const switched = await ops.setPluginEnabled({ host, plugin, to, signal, ledger });
      if (call.on("json")) {
        terminal.print(JSON.stringify({ host: words.hostData(host.config), [to]: switched }, undefined, 2));
      } else {
        terminal.print(`"${plugin}" is ${to} on ${words.hostWords(host.config)}`);
        if (switched.note !== undefined) terminal.note(`note: ${switched.note}`);
      }
      return switched.proven === false ? 1 : 0;
    },
  };
}
