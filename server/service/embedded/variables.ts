// A variable that holds a document, wherever variables are set: which files are looked at, and the values found there.

import type { Files } from "../systems/facts.js";
import type { Parsed } from "../text/parsed.js";
import { basename } from "../text/paths.js";
import { dockerfileValues, dotEnvValues, shellValues } from "./assignments.js";
import type { EmbeddedValue } from "./embedding.js";
import { rawValues } from "./rawLines.js";
import { isReadByKustomize } from "./readByKustomize.js";
import { yamlValues } from "./yamlVariables.js";

/** Every file that may set variables, for editors' document selectors. */
export const VARIABLE_GLOBS: readonly string[] = [
  "**/.env",
  "**/.env.*",
  "**/*.env",
  "**/.envrc",
  "**/*.properties",
  "**/*.sh",
  "**/Dockerfile",
  "**/Dockerfile.*",
  "**/*.Dockerfile",
  "**/*.dockerfile",
  "**/Containerfile",
  "**/Containerfile.*",
  "**/*.yaml",
  "**/*.yml",
  "**/*.json",
];

export const setsVariables = (path: string): boolean => formOf(path) !== undefined;

/** Those that set variables by their very name, or are about Metaflow: few enough to be looked for in a whole workspace. */
export function usuallySetsVariables(path: string): boolean {
  const form = formOf(path);
  const name = basename(path);
  return (
    form === "dotenv" ||
    form === "dockerfile" ||
    name === ".envrc" ||
    (form === "yaml" && /(^|[-_.])compose\b/.test(name)) ||
    (form !== undefined && /metaflow/i.test(name))
  );
}

/** Files that hold others, as a ConfigMap does, and those among them that are so called. */
export const holdsFiles = (path: string): boolean => /^(yaml|json)$/.test(formOf(path) ?? "");

/** `files` tell who reads a file of lines: kustomize takes quotes for a part of the value. */
export function valuesOfVariable(outer: Parsed, name: string, files?: Files): readonly EmbeddedValue[] {
  if (outer.source.count(name) === 0) return [];
  const path = outer.path ?? outer.uri;
  const form = formOf(path);
  if (form === undefined) return [];
  // Others' JSON speaks of PLUGINS and names PLUGINS_DIR; it is spared the reading of its tree.
  if (form === "json" && !new RegExp(`"${name}["=]`).test(outer.text)) return [];
  if (form === "yaml" || form === "json") return isTreeOf(outer, form) ? yamlValues(outer, { text: name }) : [];
  const isRaw = form === "dotenv" && files !== undefined && isReadByKustomize(path, files);
  return (isRaw ? rawValues : READERS[form])(outer.text, name);
}

/** Files of this name that stand inside another one: a key of a ConfigMap. */
export function valuesOfFile(outer: Parsed, name: string): readonly EmbeddedValue[] {
  const isTree = isTreeOf(outer, formOf(outer.path ?? outer.uri));
  return isTree && outer.source.count(name) > 0 ? yamlValues(outer, { text: name, isFile: true }) : [];
}

/** Longer texts (characters) set no variable that anybody would look for there: a cluster takes no such manifest. */
const LONGEST = 1_500_000;

const isTreeOf = ({ syntax, source }: Parsed, form: VariablesForm | undefined): boolean =>
  syntax === form && source.length <= LONGEST;

const READERS = {
  dotenv: dotEnvValues,
  shell: shellValues,
  dockerfile: dockerfileValues,
  properties: rawValues,
} as const;

/** JSON is a part of YAML: what is said of the one holds for the other. */
export type VariablesForm = keyof typeof READERS | "yaml" | "json";

/** How a file of this name sets variables; undefined when it sets none. */
export function formOf(path: string): VariablesForm | undefined {
  const name = basename(path);
  if (/\.ya?ml$/.test(name)) return "yaml";
  if (name.endsWith(".json")) return "json";
  if (name.endsWith(".properties")) return "properties";
  if (name === ".envrc" || name.endsWith(".sh")) return "shell";
  if (/^\.env(\.|$)|\.env$/.test(name)) return "dotenv";
  return /^(Docker|Container)file(\.|$)|\.[Dd]ockerfile$/.test(name) ? "dockerfile" : undefined;
}
