// `plugsmith new`: the folder of a new plugin that checks clean and, where it has code, runs.

import path from "node:path";
import { nearest } from "../../../server/service/index.js";
import { listed } from "../arguments.js";
import { type Command, JSON_OPTION, Misuse } from "../command.js";
import { shellWord } from "../shellWord.js";

export const newCommand: Command = {
  name: "new",
  operands: "SYSTEM DIR",
  summary: "make the folder of a new plugin that checks clean and runs",
  about: [
    "SYSTEM is buntime, metaflow, skypilot or openjourney. DIR is the plugin's folder, which must be empty or not there yet: nothing is overwritten. " +
      "The plugin is called like its folder, in small letters with hyphens, unless --name says otherwise.",
    "An OpenJourney plugin belongs into the plugins folder of the server's project: plugsmith new openjourney plugins/my-converter.",
  ],
  examples: ["plugsmith new buntime plugins/notes", "plugsmith new skypilot audit --name team-audit"],
  takes: [2, 2],
  options: [{ name: "name", value: "NAME", about: "the plugin's name; its folder's by default" }, JSON_OPTION],
  run: async ({ operands: [system = "", folder = ""], terminal, value, on }) => {
    const { systemTitle } = await import("../../../server/service/index.js");
    const { adapters, nameProblem, scaffold, scaffoldName } = await import("../../ops/index.js");
    const systems = adapters.filter((row) => row.scaffold !== undefined).map((row) => row.system);
    if (!systems.some((one) => one === system)) {
      const [meant] = nearest(system, systems);
      throw new Misuse(
        `there is no system "${system}"; ${meant === undefined ? `write ${listed(systems)}` : `did you mean "${meant}"?`}`,
      );
    }
    const target = path.resolve(terminal.cwd, folder);
    const name = value("name") ?? scaffoldName(path.basename(target));
    const wrong = nameProblem(name);
    if (wrong !== undefined) throw new Misuse(`${wrong}; write --name with small letters, digits and hyphens`);
    const made = await scaffold({ system, folder: target, name, shown: shellWord(terminal.shown(target)) });
    if (on("json")) {
      terminal.print(JSON.stringify({ ...made, files: made.files }, undefined, 2));
      return 0;
    }
    terminal.print(`made the ${systemTitle(system)} plugin "${name}" in ${terminal.shown(target)}`);
    for (const file of made.files) terminal.print(`  + ${file}`);
    for (const step of made.next) terminal.print(`next: ${step}`);
    return 0;
  },
};
