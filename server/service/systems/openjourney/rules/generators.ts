// ConfigMap and Secret generators: the forms of literals, files and env lines, keys that stand twice, and whether there
// is something to merge into.

import { isSlipOf, nearest } from "../../../text/nearest.js";
import type { MapNode } from "../../../text/node.js";
import { resolve } from "../../../text/paths.js";
import { plainValue } from "../../../text/readings.js";
import { changeTo } from "../../changes.js";
import { removeField, removeItem } from "../../removal.js";
import type { Manifest, Rule } from "../../system.js";
import { onlyCreating, otherNames, withBehavior, withKey } from "../fixes/generators.js";
import { asDataKey } from "../fixes/spelling.js";
import { buildOf } from "../model/build.js";
import { showId } from "../model/identity.js";
import { kustomizationOf } from "../model/kustomization.js";
import {
  boolOf,
  fieldOf,
  itemsIn,
  listOf,
  mapOf,
  mapsOf,
  pairOf,
  READING,
  scalarOf,
  spotIn,
  spotOf,
  stringsOf,
  textOf,
} from "../model/reading.js";
import { envLines, keysOf } from "./generatorKeys.js";
import { secretTypeRules } from "./secretTypes.js";
import { isUnderstood, whenUnderstood } from "./understood.js";

const FIELDS = ["configMapGenerator", "secretGenerator"] as const;

const generatorsOf = ({ root }: Manifest): readonly MapNode[] => FIELDS.flatMap((name) => mapsOf(mapOf(root), name));

export const generatorRules: readonly Rule[] = [
  {
    code: "openjourney/generator-name",
    each: true,
    severity: "error",
    title: "a generator without a name",
    host: "kustomize needs a name for every generated ConfigMap and Secret.",
    wrong: "configMapGenerator:\n- literals: [a=b]",
    right: "configMapGenerator:\n- name: settings\n  literals: [a=b]",
    fix: "add a name",
    refine: whenUnderstood("SecretArgs"),
    check(manifest, report) {
      for (const name of FIELDS) {
        const pair = pairOf(manifest.root, name);
        if (pair && listOf(manifest.root, name).some((item) => item === undefined))
          report(pair.key ?? pair, `an empty entry of "${name}" fails the build; remove it`);
      }
    },
  },
  {
    code: "openjourney/literal-syntax",
    each: true,
    severity: "error",
    title: "a literal that is not key=value",
    host: "kustomize splits a literal at its first =; without one, or with one in front, the build fails.",
    wrong: "literals:\n- MODE: fast",
    right: "literals:\n- MODE=fast",
    fix: "write key=value",
    check(manifest, report) {
      for (const item of generatorsOf(manifest)) {
        if (listOf(item, "literals").includes(undefined))
          report(
            pairOf(item, "literals")?.key ?? item,
            "an empty literal fails the build; write key=value or remove it",
          );
        for (const { node, text } of stringsOf(item, "literals")) {
          if (text.indexOf("=") > 0) continue;
          const colon = /^([^:=\s]+):\s*(.*)$/.exec(text);
          report(node, `"${text}" is no literal; write key=value`, {
            fixes: colon ? changeTo(manifest, node, `${colon[1]}=${colon[2]}`) : [],
          });
        }
      }
    },
  },
  {
    code: "openjourney/file-source-syntax",
    each: true,
    severity: "error",
    title: "a file source with a misplaced =",
    host: "kustomize takes `path` or `key=path`; an empty key, an empty path or a second = fails the build.",
    wrong: "files:\n- =app.ini",
    right: "files:\n- app.ini",
    fix: "write path or key=path",
    check(manifest, report) {
      for (const item of generatorsOf(manifest)) {
        for (const { node, text } of stringsOf(item, "files")) {
          const parts = text.split("=");
          if (parts.length === 1) continue;
          const why =
            parts.length > 2 ? 'more than one "="' : parts[0] === "" ? "no key" : parts[1] === "" ? "no path" : "";
          const [key = "", path = ""] = parts;
          const only = parts.length === 2 ? key || path : "";
          const isThere = manifest.workspace.files.kind(resolve(manifest.folder ?? "", only)) !== "none";
          if (why !== "")
            report(node, `"${text}" has ${why}; kustomize takes path or key=path`, {
              fixes: only !== "" && isThere ? changeTo(manifest, node, only) : [],
            });
        }
      }
    },
  },
  {
    code: "openjourney/generator-duplicate-key",
    severity: "error",
    title: "a generator has one key twice",
    host: 'kustomize refuses the same key twice in one generator, over literals, files and env files: "illegally repeats the key".',
    wrong: "literals:\n- MODE=fast\n- MODE=slow",
    right: "literals:\n- MODE=slow",
    fix: "keep one of them",
    check(manifest, report) {
      for (const item of generatorsOf(manifest)) {
        const seen = new Set<string>();
        for (const { key, node } of keysOf(item, manifest)) {
          if (seen.has(key))
            report(
              spotIn(node),
              `the key "${key}" is in this generator already; kustomize refuses the second, remove one`,
              { fixes: removeItem(manifest, node) },
            );
          seen.add(key);
        }
      }
    },
  },
  {
    code: "openjourney/generator-key",
    severity: "warning",
    title: "a key that the cluster refuses",
    host: "kustomize builds it; the API server takes only letters, digits, -, _ and . in keys of ConfigMaps and Secrets. A key that reads as a number, true or false fails the build.",
    wrong: "literals:\n- my key=1",
    right: "literals:\n- my_key=1",
    fix: "rename the key",
    check(manifest, report) {
      for (const item of generatorsOf(manifest)) {
        for (const { key, node } of keysOf(item, manifest)) {
          if (typeof plainValue(key, READING.dialect) === "number" || /^(true|false)$/i.test(key)) {
            const message = `kustomize writes the key ${key} without quotes and fails at the output; choose another key`;
            report(spotIn(node), message, { severity: "error" });
            continue;
          }
          if (key === "" || key.startsWith("export ") || (/^[-._A-Za-z0-9]+$/.test(key) && key.length <= 253)) continue;
          report(spotIn(node), `the cluster refuses the key "${key}"; use letters, digits, "-", "_" and "." only`, {
            fixes: withKey(manifest, node, key, asDataKey(key)),
          });
        }
      }
    },
  },
  {
    code: "openjourney/generator-env-line",
    severity: "warning",
    title: "an env file with lines that kustomize misreads",
    host: "Lines are KEY=VALUE; kustomize knows no `export` and keeps it in the key. Bytes that are no UTF-8 fail the build.",
    fix: "remove export from the env file, and save it as UTF-8",
    check: envLines,
  },
  {
    code: "openjourney/generator-behavior",
    severity: "warning",
    title: "an unknown behavior of a generator",
    refine: onlyCreating,
    host: "kustomize takes any other word than create, merge and replace for create.",
    wrong: "behavior: append",
    right: "behavior: merge",
    fix: "write create, merge or replace",
  },
  {
    code: "openjourney/generator-merge-absent",
    severity: "error",
    title: "nothing to merge into",
    host: "behavior merge and replace need an object of that kind, name and namespace; otherwise the build fails. Components are spared: they work on what their users bring.",
    fix: "correct name or namespace, or write behavior: create",
    check(manifest, report) {
      const { generated, gathered, allGathered: complete } = buildOf(manifest);
      if (!complete || manifest.folder === undefined || kustomizationOf(manifest).kind !== "Kustomization") return;
      for (const { item: node, id, problem } of generated) {
        const item = mapOf(node);
        const behavior = pairOf(item, "behavior");
        const name = pairOf(item, "name");
        if (problem !== "absent" || !item || !behavior) continue;
        const twins = gathered.flatMap(({ ids }) => ids.at(-1) ?? []).filter(({ kind }) => kind === id.kind);
        const near = twins.find(({ name }) => isSlipOf(id.name, name))?.name;
        const why = `there is no ${showId(id)} to ${textOf(item, "behavior")}`;
        const fixes = [...otherNames(manifest, item, id), ...removeField(manifest, behavior)];
        if (name && near !== undefined)
          report(spotOf(name), `${why}, only "${near}"; the build fails, correct the name`, { fixes });
        else report(spotOf(behavior), `${why}; the build fails, create it or correct the name`, { fixes });
      }
    },
  },
  {
    code: "openjourney/generator-create-exists",
    severity: "error",
    title: "the generated object exists already",
    host: 'kustomize refuses to create an object that is there: "exists; behavior must be merge or replace".',
    fix: "write behavior: merge or replace, or another name",
    outdoes: ["openjourney/generator-behavior"],
    check(manifest, report) {
      for (const { item: node, id, problem } of buildOf(manifest).generated) {
        const item = mapOf(node);
        // A misspelt "behavior" says all of it.
        if (problem !== "exists" || !item || !isUnderstood(manifest, item, "SecretArgs")) continue;
        const name = pairOf(item, "name");
        const behavior = pairOf(item, "behavior");
        const word = textOf(item, "behavior") ?? "";
        if (behavior && word !== "" && word !== "create")
          report(
            spotOf(behavior),
            `kustomize takes "${word}" for "create", but ${showId(id)} is there already; write merge or replace`,
            { fixes: nearest(word, ["merge", "replace"]).flatMap((meant) => withBehavior(manifest, item, meant)) },
          );
        else
          report(
            name ? spotOf(name) : spotIn(item),
            `${showId(id)} is there already; write behavior: merge or replace, or another name`,
            { fixes: ["merge", "replace"].flatMap((word) => withBehavior(manifest, item, word)) },
          );
      }
    },
  },
  {
    code: "openjourney/generator-option",
    severity: "warning",
    title: "an option that generatorOptions has settled",
    host: "What generatorOptions sets to true stays true: kustomize takes false in an item's options for absent.",
    wrong:
      "generatorOptions:\n  immutable: true\nconfigMapGenerator:\n- name: settings\n  literals: [a=b]\n  options:\n    immutable: false",
    right:
      "configMapGenerator:\n- name: settings\n  literals: [a=b]\n- name: fixed\n  literals: [a=b]\n  options:\n    immutable: true",
    fix: "set it to true in the items that need it, and not in generatorOptions",
    check(manifest, report) {
      const common = fieldOf(manifest.root, "generatorOptions");
      for (const name of ["disableNameSuffixHash", "immutable"]) {
        if (!boolOf(common, name)) continue;
        for (const item of generatorsOf(manifest)) {
          const pair = pairOf(fieldOf(item, "options"), name);
          if (pair && !boolOf(fieldOf(item, "options"), name) && scalarOf(pair.value))
            report(spotOf(pair), `generatorOptions sets "${name}", and an item can't undo that; set it per item`, {
              fixes: removeField(manifest, pair),
            });
        }
      }
    },
  },
  {
    code: "openjourney/generator-empty",
    severity: "information",
    title: "a generator without content",
    host: "kustomize builds an object without data.",
    fix: "add literals, files or envs",
    check(manifest, report) {
      for (const item of generatorsOf(manifest)) {
        const sources = ["literals", "files", "envs"].flatMap((name) => listOf(item, name));
        const name = pairOf(item, "name");
        const isOdd = ["literals", "files", "envs", "env"].some((one) => pairOf(item, one) && !isReadable(item, one));
        if (isOdd || !isUnderstood(manifest, item, "SecretArgs")) continue;
        if (
          sources.length === 0 &&
          (textOf(item, "env") ?? "") === "" &&
          name &&
          !/^(merge|replace)$/.test(textOf(item, "behavior") ?? "")
        )
          report(spotOf(name), `"${textOf(item, "name")}" is generated without any data; add literals, files or envs`);
      }
    },
  },
  ...secretTypeRules,
];

/** Whether a source has the shape that it needs: the name of one file, or a list. */
const isReadable = (item: MapNode, name: string): boolean =>
  name === "env" ? textOf(item, name) !== undefined : itemsIn(pairOf(item, name)?.value) !== undefined;
