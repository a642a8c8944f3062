// What a check found, as the `--format json` of the terminal command states it; the other formats are made from it.

import type { Range } from "vscode-languageserver-types";
import type { Severity } from "../../../server/service/index.js";

export interface Report {
  /** One entry for every recognised file, sorted by path, whether it has problems or not. */
  readonly files: readonly CheckedFile[];
}

export interface CheckedFile {
  /** Relative to the working directory, with "/". */
  readonly path: string;
  readonly system: string;
  readonly document: string;
  readonly diagnostics: readonly CheckedProblem[];
}

export interface CheckedProblem {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** As in LSP: lines and UTF-16 characters from 0. */
  readonly range: Range;
}

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

/** The same report without the problems below a severity. */
export function atLeast(report: Report, least: Severity): Report {
  const wanted = new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1));
  const files = report.files.map((file) => ({
    ...file,
    diagnostics: file.diagnostics.filter(({ severity }) => wanted.has(severity)),
  }));
  return { files };
}

export function hasErrors({ files }: Report): boolean {
  return files.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === "error"));
}
