// What every command begins with that changes one plugin on one host: the host, what was sent to it from here, and the plan that is
// shown and agreed to.

import { type Ledger, type PluginHost, planAction } from "../../ops/index.js";
import type { Call, ExitCode } from "../command.js";
import { chosenHost } from "./choose.js";
import { gate } from "./gate.js";
import { history } from "./history.js";

type Intent = Parameters<typeof planAction>[0]["intent"];

export interface Acting {
  readonly host: PluginHost;
  /** The command's operand. */
  readonly plugin: string;
  readonly ledger: Ledger;
  /** "go", or the exit code of a command that ends here. Throws when the plan is refused. */
  agreed(intent: Intent): Promise<"go" | ExitCode>;
}

export function acting(call: Call): Acting {
  const { terminal, signal } = call;
  const [plugin = ""] = call.operands;
  const host = chosenHost(call);
  const ledger = history(terminal);
  return {
    host,
    plugin,
    ledger,
    agreed: async (intent) => {
      terminal.progress(`asking ${host.config.name}`);
      return gate(call, await planAction({ host, intent, signal, ledger }));
    },
  };
}
