// Settings of an editor's workspace, for use without the editor: the nearest `.vscode/settings.json` at or above a folder.
// Only `plugsmith.*` is looked at, and every value is checked; what is no good is told and left out.

import fs from "node:fs";
import path from "node:path";
import { type ParseError, parse } from "jsonc-parser";
import { readSettings, type ServiceSettings } from "../../server/service/index.js";

export interface SettingsFile {
  /** The folder that holds `.vscode`. */
  readonly folder: string;
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Looks no further up than the top of the repository. */
export function settingsAbove(start: string): SettingsFile | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const file = path.join(folder, ".vscode", "settings.json");
    const values = readJsonc(file)?.value;
    if (isRecord(values)) return { folder, file, values };
    if (folder === path.dirname(folder) || fs.existsSync(path.join(folder, ".git"))) return undefined;
  }
}

/** JSON with comments and trailing commas, as far as it can be read; undefined when the file can't be. */
export function readJsonc(file: string): { readonly value: unknown; readonly mistakeInLine?: number } | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  return { value, ...(first && { mistakeInLine: text.slice(0, first.offset).split("\n").length }) };
}

export function serviceSettings(
  values: Readonly<Record<string, unknown>>,
  complain: (message: string) => void,
): ServiceSettings {
  return readSettings((key) => values[`plugsmith.${key}`], complain);
}

export function excludes(values: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const list = values?.["plugsmith.package.exclude"];
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
