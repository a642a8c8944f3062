// "parameters" against the constructor of the class: names it doesn't take, and arguments it requires and doesn't get.

import { isBroken } from "../../../schema/broken.js";
import { nearest } from "../../../text/nearest.js";
import { keyText, type Pair } from "../../../text/node.js";
import { fieldsOf } from "../../../text/reading.js";
import { remember } from "../../../text/remember.js";
import { withPair } from "../../addition.js";
import { changeToAny } from "../../changes.js";
import type { Fix } from "../../problem.js";
import { asMap } from "../../read.js";
import { byCount, listed } from "../../sentence.js";
import type { Manifest, Report, Rule } from "../../system.js";
import type { PluginItem } from "../items.js";
import { type ListedClass, listedClasses } from "../python/classes.js";
import type { Parameter } from "../python/parameters.js";

const HOST =
  'The server calls the class with "parameters" as keyword arguments, and Python refuses the call (TypeError): the server doesn\'t start. Without a constructor of its own a plugin takes no arguments.';

export const parameterRules: readonly Rule[] = [
  {
    code: "skypilot/parameter-unknown",
    severity: "error",
    title: "the constructor doesn't take this parameter",
    host: `${HOST} Only reported when the class and its bases are in the workspace.`,
    wrong:
      "plugins:\n- class: my_plugin.MyPlugin  # def __init__(self, log_path)\n  parameters:\n    logpath: /var/log/audit.log\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    log_path: /var/log/audit.log\n",
    fix: "correct the name, or add the parameter to __init__",
    check: unknownParameters,
  },
  {
    code: "skypilot/parameter-missing",
    severity: "error",
    title: "the constructor requires a parameter that isn't given",
    host: `${HOST} Only reported when the class and its bases are in the workspace.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # def __init__(self, log_path)\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n  parameters:\n    log_path: /var/log/audit.log\n",
    fix: "add the parameter, or give it a default in __init__",
    check: missingParameters,
  },
];

interface Call extends ListedClass {
  readonly taken: readonly Parameter[];
  readonly given: ReadonlySet<string>;
}

const callsOf = remember((manifest: Manifest): readonly Call[] =>
  listedClasses(manifest).flatMap((one) => {
    const taken = one.judged?.parameters;
    if (!taken) return [];
    const { parameters } = one.item;
    const map = asMap(parameters?.value);
    // Two plugins that lack a dash between them are told as one whose keys stand twice.
    const keys = one.item.map.pairs.map(keyText);
    if (new Set(keys).size < keys.length) return [];
    // Broken lines may be the parameters that seem to be missing.
    if (!parameters && isBroken(manifest, one.item.map)) return [];
    // Null, a text or a list is refused by the schema already, and so are parameters under another name.
    if (parameters ? !map : one.item.map.pairs.some(isOtherwiseNamed)) return [];
    const given = map ? [...fieldsOf(map, manifest.kind.reading).keys()] : [];
    // What stands one level too high is told there.
    const outside = one.item.map.pairs.flatMap((pair) => keyText(pair) ?? []);
    return [{ ...one, taken, given: new Set([...given, ...outside]) }];
  }),
);

const isOtherwiseNamed = (pair: Pair): boolean =>
  asMap(pair.value) !== undefined && !["class", "<<"].includes(keyText(pair) ?? "");

const byName = ({ kind }: Parameter): boolean => kind === "normal" || kind === "keyword";

function unknownParameters(manifest: Manifest, report: Report): void {
  for (const { item, taken, given, name: className } of callsOf(manifest)) {
    if (taken.some(({ kind }) => kind === "named-rest")) continue;
    const names = taken.filter(byName).map(({ name }) => name);
    for (const pair of asMap(item.parameters?.value)?.pairs ?? []) {
      const name = keyText(pair);
      if (name === undefined || !pair.key || name === "<<" || names.includes(name)) continue;
      const near = nearest(name, names).filter((one) => !given.has(one));
      const hint = near[0]
        ? `did you mean "${near[0]}"?`
        : names.length > 0
          ? `it takes ${names.join(", ")}`
          : "it takes none";
      const { key } = pair;
      report(
        key,
        `the constructor of "${className}" has no parameter "${name}", so the server doesn't start; ${hint}`,
        {
          fixes: changeToAny(manifest, key, near),
        },
      );
    }
  }
}

function missingParameters(manifest: Manifest, report: Report): void {
  for (const { item, taken, given, name: className } of callsOf(manifest)) {
    const known = taken.map((one) => one.name);
    const isMisspelt = (name: string) =>
      [...given].some((one) => !known.includes(one) && nearest(one, known).includes(name));
    const missing = taken.filter(
      (one) =>
        !one.hasDefault && one.kind !== "rest" && !(byName(one) && (given.has(one.name) || isMisspelt(one.name))),
    );
    if (missing.length === 0) continue;
    const place = item.parameters?.key ?? item.map.pairs[0]?.key ?? item.node;
    const list = listed(missing.map(({ name }) => name));
    const positional = missing.some(({ kind }) => kind === "positional");
    const step = positional
      ? "take the / out of __init__, parameters are given by name"
      : `add ${byCount(missing, "it", "them")} under parameters`;
    report(place, `the constructor of "${className}" requires ${list}, so the server doesn't start; ${step}`, {
      fixes: positional
        ? []
        : withParameters(
            manifest,
            item,
            missing.map(({ name }) => name),
          ),
    });
  }
}

/** What the constructor wants, with an empty text for the author to fill in. */
function withParameters(manifest: Manifest, { map, parameters, node }: PluginItem, names: readonly string[]): Fix[] {
  const given = asMap(parameters?.value);
  if (node.kind === "alias" || (parameters && !given?.pairs.length)) return [];
  const isJson = map.pairs[0]?.key?.kind === "scalar" && map.pairs[0].key.style === "double";
  const values = names.map((name) => `${isJson ? JSON.stringify(name) : name}: ""`).join(", ");
  const head = isJson ? '"parameters"' : "parameters";
  const edit = given ? withPair(manifest, given, values) : withPair(manifest, map, `${head}: {${values}}`);
  const isOneLine = !given || given.flow || names.length === 1;
  return edit && isOneLine ? [{ title: `Add ${listed(names)}`, edits: [edit] }] : [];
}
