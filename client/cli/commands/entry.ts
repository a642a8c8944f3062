// `plugsmith entry`: the entries of a Metaflow UI PLUGINS value, in whatever file they live.

import type { metaflow } from "../../../server/service/index.js";
import { type Command, JSON_OPTION, Misuse } from "../command.js";
import { HOST_OPTIONS } from "../hosts/options.js";

const actions = ["list", "set", "remove", "copy"] as const;
const forms = [
  "json",
  "dotenv",
  "shell",
  "compose",
  "kubernetes",
  "docker",
  "dockerfile",
] as const satisfies readonly metaflow.ValueForm[];

export const entryCommand: Command = {
  name: "entry",
  operands: "ACTION [NAME]",
  summary: "list, set or remove entries of Metaflow UI's PLUGINS, or print the value for another place",
  about: [
    "ACTION is list, set NAME, remove NAME or copy. The value is edited where it lives: config.plugins.json, a .env or compose file, a Dockerfile, a " +
      "Kubernetes manifest or a shell script, in that file's own quoting, with everything else as it was. The file is --file, or the pluginsFile of --host.",
    "set adds the entry or changes the fields that are given; without --repository it is a local plugin. The repository and its ref are looked up " +
      "first, as the service resolves them. The service reads the value at its start alone: restart it, or plugsmith reload.",
    "copy prints the value, credentials included, as it has to be written for --for.",
  ],
  examples: [
    "plugsmith entry list --file deploy/ui.env",
    "plugsmith entry set run-notes --file compose.yaml --repository https://git.example.org/notes.git",
    'plugsmith entry set flow-badge --host ui --parameters \'{"color": "blue"}\' --dry-run',
    "plugsmith entry copy --file config.plugins.json --for kubernetes",
  ],
  takes: [1, 2],
  options: [
    { name: "file", value: "FILE", about: "the file that holds the value" },
    { name: "line", value: "N", about: "the line on which the value begins, where the file has several" },
    { name: "repository", value: "ADDRESS", about: "where the service clones the plugin from" },
    { name: "ref", value: "REF", about: "a branch as origin/NAME, or a tag" },
    { name: "parameters", value: "JSON", about: "an object that the plugin gets" },
    { name: "paths", value: "A,B", about: "folders that are plugins of their own" },
    {
      name: "auth",
      value: "FILE",
      about: "a JSON file with user and pass and the like; - reads it from stdin, none says null",
    },
    { name: "unset", value: "FIELDS", about: "fields that go, such as ref,paths" },
    {
      name: "for",
      value: "FORM",
      oneOf: forms,
      about: "with copy: the place that the value is written for, as it has to be quoted there; json by default",
    },
    { name: "dry-run", about: "show the change and write nothing" },
    { name: "force", about: "write it although the service would not load it" },
    ...HOST_OPTIONS.filter(({ name }) => name === "host" || name === "config"),
    JSON_OPTION,
  ],
  run: async (call) => {
    const [action = "", name] = call.operands;
    if (!actions.some((one) => one === action))
      throw new Misuse(`"entry" doesn't know "${action}"; write list, set, remove or copy`);
    const needsName = action === "set" || action === "remove";
    if (needsName && name === undefined) throw new Misuse(`"entry ${action}" needs the entry's name`);
    if (!needsName && name !== undefined) throw new Misuse(`"entry ${action}" doesn't know what to do with "${name}"`);
    const [{ copyValue, fileOf, listEntries, mustBeThere }, { changeEntry }, { setting }] = await Promise.all([
      import("../entries/value.js"),
      import("../entries/change.js"),
      import("../entries/setting.js"),
    ]);
    const file = fileOf(call);
    // One that isn't there yet can only be made.
    if (action !== "set") mustBeThere(call, file);
    if (action === "list") return listEntries(call, file);
    if (action === "copy") return copyValue(call, file);
    const identifier = name ?? "";
    return changeEntry(
      call,
      file,
      action === "remove" ? { kind: "remove", identifier } : await setting(call, identifier),
    );
  },
};
