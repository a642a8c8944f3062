// `plugsmith check`: the problems of manifests, for people and for programs.

import { atLeast, hasErrors, SEVERITIES } from "../check/report.js";
import { type Command, JSON_OPTION } from "../command.js";

export const checkCommand: Command = {
  name: "check",
  operands: "[PATH…]",
  summary: "find what the hosts would stumble over in plugin manifests",
  about: [
    "PATH is a folder, searched for manifests of all four systems, or a file; the working directory when none is given. Files that " +
      "are not plugin manifests are passed over. Dependency folders, build output (dist, target, vendor), hidden folders and what " +
      "git ignores are not searched.",
    "Settings are those of the nearest .vscode/settings.json at or above PATH: plugsmith.rules, plugsmith.associations, " +
      "plugsmith.skypilot.schema, plugsmith.kustomize.loadRestrictor.",
    "Exit code 0: no errors. 1: errors found. 2: misuse.",
  ],
  examples: [
    "plugsmith check",
    "plugsmith check plugins/hello/manifest.yaml --min-severity warning",
    "plugsmith check --format sarif > plugsmith.sarif",
  ],
  takes: [0, Number.POSITIVE_INFINITY],
  options: [
    {
      name: "format",
      value: "FORMAT",
      oneOf: ["text", "json", "sarif", "github"],
      about: "text for people (the default), json, SARIF 2.1.0, or GitHub workflow commands",
    },
    {
      name: "min-severity",
      value: "SEVERITY",
      oneOf: SEVERITIES,
      about: "leave out what is less severe; everything is shown by default",
    },
    { ...JSON_OPTION, about: "the same as --format json" },
  ],
  run: async ({ operands, terminal, signal, on, value }) => {
    const [{ check }, { formats }] = await Promise.all([import("../check/check.js"), import("../check/formats.js")]);
    const { report, failures } = await check(operands.length === 0 ? ["."] : operands, terminal, signal);
    const least = SEVERITIES.find((one) => one === value("min-severity")) ?? "hint";
    const name = on("json") ? "json" : (value("format") ?? "text");
    const format = Object.entries(formats).find(([one]) => one === name)?.[1] ?? formats.text;
    const text = format(atLeast(report, least), terminal);
    if (text !== "") terminal.print(text);
    for (const failure of failures) terminal.note(`plugsmith: ${failure}`);
    return hasErrors(report) || failures.length > 0 ? 1 : 0;
  },
};
