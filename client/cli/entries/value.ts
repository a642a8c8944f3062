// The PLUGINS value that a call means, listed or written for another place.

import { existsSync } from "node:fs";
import path from "node:path";
import { metaflow } from "../../../server/service/index.js";
import { readPlugins, shownJson } from "../../ops/index.js";
import { type Call, type ExitCode, Misuse } from "../command.js";
import { chosenHost } from "../hosts/choose.js";
import { columns } from "../hosts/words.js";

/** `--file`, else what the host's row names. */
export function fileOf(call: Call): string {
  const file = call.value("file");
  if (file !== undefined) {
    if (!metaflow.mayHoldPlugins(path.basename(file)))
      throw new Misuse(
        `"${file}" is no kind of file that PLUGINS is looked for in: JSON, .env, YAML, shell, Dockerfile`,
      );
    return path.resolve(call.terminal.cwd, file);
  }
  if (call.value("host") === undefined)
    throw new Misuse("which file? write --file, or --host with a row that has a pluginsFile");
  const { config } = chosenHost(call);
  const named = config.own?.pluginsFile;
  if (typeof named !== "string") throw new Misuse(`the host "${config.name}" has no pluginsFile; write --file`);
  return named;
}

/** A file of the command line that is spelt wrong has no entries to tell of; that of a host is made with its first entry. */
export function mustBeThere({ value, terminal }: Call, file: string): void {
  if (value("file") !== undefined && !existsSync(file)) throw new Misuse(`there is no file "${terminal.shown(file)}"`);
}

export async function listEntries(call: Call, file: string): Promise<ExitCode> {
  const { terminal } = call;
  const { entries } = await readPlugins(file, "entry", lineOf(call));
  const shown = (value: unknown): unknown => JSON.parse(shownJson(value));
  if (call.on("json")) {
    terminal.print(JSON.stringify({ file, entries: shown(Object.fromEntries(entries)) }, undefined, 2));
    return 0;
  }
  if (entries.size === 0) terminal.print(`no entries in ${terminal.shown(file)}`);
  const rows = [...entries].map(([identifier, entry]) => {
    const { repository, ref, ...others } = Object(shown(entry));
    const more = Object.keys(others).length === 0 ? "" : JSON.stringify(others);
    return [
      identifier,
      typeof repository === "string" ? repository : "local",
      typeof ref === "string" ? ref : "",
      more,
    ];
  });
  for (const line of columns(rows)) terminal.print(line);
  return 0;
}

export async function copyValue(call: Call, file: string): Promise<ExitCode> {
  const form = metaflow.VALUE_FORMS.find((one) => one.form === call.value("for"))?.form ?? "json";
  const { json } = await readPlugins(file, "entry", lineOf(call));
  if (json === undefined) throw new Misuse(`"${call.terminal.shown(file)}" holds no PLUGINS value`);
  const text = metaflow.assignment(form, json);
  call.terminal.print(call.on("json") ? JSON.stringify({ form, text }, undefined, 2) : text);
  return 0;
}

export function lineOf({ value }: Call): number | undefined {
  const text = value("line");
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*$/.test(text)) throw new Misuse(`--line takes a number from 1, not "${text}"`);
  return Number(text);
}
