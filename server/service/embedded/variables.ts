// A variable that holds a document, wherever variables are set: which files are looked at, and the values found there.

import type { Parsed } from "../text/parsed.js";
import { basename } from "../text/paths.js";
import { dockerfileValues, dotEnvValues, shellValues } from "./assignments.js";
import type { EmbeddedValue } from "./embedding.js";
import { yamlValues } from "./yamlVariables.js";

/** Every file that may set variables, for editors' document selectors. */
export const VARIABLE_GLOBS: readonly string[] = [
  "**/.env",
  "**/.env.*",
  "**/*.env",
  "**/.envrc",
  "**/*.sh",
  "**/Dockerfile",
  "**/Dockerfile.*",
  "**/*.Dockerfile",
  "**/*.dockerfile",
  "**/Containerfile",
  "**/Containerfile.*",
  "**/*.yaml",
  "**/*.yml",
];

export const setsVariables = (path: string): boolean => formOf(path) !== undefined;

/** Those that set variables by their very name: few enough to be looked for in a whole workspace. */
export function usuallySetsVariables(path: string): boolean {
  const form = formOf(path);
  return form === "dotenv" || form === "dockerfile" || (form === "yaml" && /(^|[-_.])compose\b/.test(basename(path)));
}

export function valuesOfVariable(outer: Parsed, name: string): readonly EmbeddedValue[] {
  const { text } = outer;
  if (!text.includes(name)) return [];
  const form = formOf(outer.path ?? outer.uri);
  if (form === "yaml") return outer.syntax === "yaml" ? yamlValues(outer, { text: name }) : [];
  return form === undefined ? [] : READERS[form](text, name);
}

/** Files of this name that stand inside another one: a key of a ConfigMap. */
export function valuesOfFile(outer: Parsed, name: string): readonly EmbeddedValue[] {
  const isYaml = formOf(outer.path ?? outer.uri) === "yaml" && outer.syntax === "yaml";
  return isYaml && outer.text.includes(name) ? yamlValues(outer, { text: name, isFile: true }) : [];
}

const READERS = { dotenv: dotEnvValues, shell: shellValues, dockerfile: dockerfileValues } as const;

export type VariablesForm = keyof typeof READERS | "yaml";

/** How a file of this name sets variables; undefined when it sets none. */
export function formOf(path: string): VariablesForm | undefined {
  const name = basename(path);
  if (/\.ya?ml$/.test(name)) return "yaml";
  if (name === ".envrc" || name.endsWith(".sh")) return "shell";
  if (/^\.env(\.|$)|\.env$/.test(name)) return "dotenv";
  return /^(Docker|Container)file(\.|$)|\.[Dd]ockerfile$/.test(name) ? "dockerfile" : undefined;
}
