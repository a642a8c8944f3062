// `plugsmith logs`: the log of a host, of all its replicas, as lines; followed until Ctrl-C where that is asked.

import { type Command, Misuse } from "../command.js";
import { HOST_OPTIONS } from "../hosts/options.js";

export const logsCommand: Command = {
  name: "logs",
  operands: "[NAME]",
  summary: "print the log of a host, or what it says about one plugin",
  about: [
    "Lines of every replica, each with the pod or file that it comes from. With -f they go on until Ctrl-C. With --json each line is an object of its own.",
  ],
  examples: [
    "plugsmith logs --host team",
    'plugsmith logs "@acme/hello" -f --host team',
    "plugsmith logs --tail 20 --json",
  ],
  takes: [0, 1],
  options: [
    ...HOST_OPTIONS,
    { name: "follow", short: "f", about: "go on with what comes, until Ctrl-C" },
    { name: "tail", value: "N", about: "the newest lines of each replica to begin with; 200 by default" },
  ],
  run: async (call) => {
    const { chosenHost } = await import("../hosts/choose.js");
    const { terminal, signal, on } = call;
    const host = chosenHost(call);
    if (!host.logs)
      throw new Misuse(
        `the log of "${host.config.name}" can't be read from here; add "kubernetes" to the host for that`,
      );
    const options = { follow: on("follow"), tail: tailOf(call.value("tail")) };
    try {
      for await (const { text, source } of host.logs(call.operands[0], options, signal)) {
        if (on("json")) terminal.print(JSON.stringify({ source, text }));
        else terminal.print(source === undefined ? text : `${terminal.style("dim", source)}  ${text}`);
      }
    } catch (error) {
      // Ctrl-C is how following ends.
      if (!(signal.aborted && on("follow"))) throw error;
    }
    return 0;
  },
};

function tailOf(text: string | undefined): number {
  if (text === undefined) return 200;
  if (!/^\d{1,6}$/.test(text)) throw new Misuse(`--tail takes a number of lines, not "${text}"`);
  return Number(text);
}
