// The report for people: `path:line:column: severity: message [code]`, as compilers write it, so that terminals and editors
// make it a link; and one line with the sum.

import type { Severity } from "../../../server/service/index.js";
import type { Style, Terminal } from "../terminal.js";
import { type Report, SEVERITIES } from "./report.js";

export function textLines({ files }: Report, terminal: Terminal): string[] {
  const lines = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ severity, code, message, range: { start } }) => {
      const place = terminal.style("bold", `${path}:${start.line + 1}:${start.character + 1}:`);
      return `${place} ${terminal.style(STYLES[severity], `${severity}:`)} ${message} ${terminal.style("dim", `[${code}]`)}`;
    }),
  );
  return [...lines, summary({ files })];
}

const STYLES: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", information: "cyan", hint: "dim" };

function summary({ files }: Report): string {
  if (files.length === 0) return "no plugin manifests found";
  const problems = files.flatMap(({ diagnostics }) => diagnostics);
  if (problems.length === 0) return `no problems in ${counted(files.length, "manifest")}`;
  const parts = SEVERITIES.flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [counted(count, NOUNS[severity])];
  });
  return `${parts.join(", ")} in ${counted(files.length, "manifest")}`;
}

const NOUNS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "remark",
  hint: "hint",
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
