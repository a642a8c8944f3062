// `plugsmith doctor`: what stands against working with a host, as a text to read and to pass on.

import type { Command } from "../command.js";
import { HOST_OPTIONS } from "../hosts/options.js";

export const doctorCommand: Command = {
  name: "doctor",
  operands: "",
  summary: "check a host: address, certificate, sign-in, version, clock, directory, programs",
  about: [
    "Looks at everything that a person would check by hand, changes nothing, and says of each thing what is so and what to do. No line holds a " +
      "credential, so that the text can be passed on. Exit code 1 when something is bad.",
  ],
  examples: [
    "plugsmith doctor --host staging",
    "plugsmith doctor --system skypilot --url http://127.0.0.1:46580 --json",
  ],
  takes: [0, 0],
  options: HOST_OPTIONS,
  run: async (call) => {
    const [{ doctorText, examine }, words, { chosenHost, hostIo }, { terminalStep }] = await Promise.all([
      import("../../ops/index.js"),
      import("../hosts/words.js"),
      import("../hosts/choose.js"),
      import("../hosts/keys.js"),
    ]);
    const { terminal, signal } = call;
    const host = chosenHost(call);
    terminal.progress(`looking at ${host.config.name}`);
    const found = await examine({ host, io: hostIo(call, host.config), signal });
    const checks = found.map((check) =>
      check.next === undefined ? check : { ...check, next: terminalStep(check.next, terminal, host.config.name) },
    );
    if (call.on("json")) terminal.print(JSON.stringify({ host: words.hostData(host.config), checks }, undefined, 2));
    else terminal.print(doctorText(host, checks).trimEnd());
    return checks.some(({ state }) => state === "bad") ? 1 : 0;
  },
};
