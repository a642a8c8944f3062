// An entry that is set or removed: judged, shown, written.

import type { metaflow } from "../../../server/service/index.js";
import { executablesFrom, lineDiff, parsedJson, planEntry, stops, writeEntry } from "../../ops/index.js";
import type { Call, ExitCode } from "../command.js";
import { noteFindings } from "../hosts/words.js";
import { lineOf } from "./value.js";

type Change = Parameters<typeof metaflow.editEntry>[2];

export async function changeEntry(call: Call, file: string, wanted: Change): Promise<ExitCode> {
  const { terminal, signal } = call;
  const line = lineOf(call);
  terminal.progress("looking the repository up");
  const tools = { executables: executablesFrom((variable) => terminal.env[variable]) };
  const plan = await planEntry({ file, change: wanted, signal, tools, ...(line === undefined ? {} : { line }) });
  const { before, after, findings, identifier } = plan;
  const isRefused = stops(findings) && !call.on("force");
  const isChanged = before.text !== after.text;
  const isWritten = !isRefused && !call.on("dry-run") && isChanged;
  if (isWritten) await writeEntry(plan);
  if (call.on("json")) {
    const entries = { before: parsedJson(before.shown ?? ""), after: parsedJson(after.shown ?? "") };
    terminal.print(
      JSON.stringify({ file, identifier, changed: isChanged, written: isWritten, ...entries, findings }, undefined, 2),
    );
    return isRefused ? 1 : 0;
  }
  for (const one of lineDiff(before.shown ?? "", after.shown ?? "")) terminal.print(one);
  noteFindings(findings, terminal);
  const at = terminal.shown(file);
  if (isRefused) terminal.note("plugsmith: nothing was written; correct the errors, or add --force");
  else if (!isChanged) terminal.print(`the entry "${identifier}" in ${at} is as it should be`);
  else if (isWritten) terminal.print(`wrote ${at}; the service reads it at its next start`);
  return isRefused ? 1 : 0;
}
