// The table of report formats by name. JSON is the report itself; each of the others has its file or is a few lines here.

import type { Terminal } from "../terminal.js";
import { githubLines } from "./github.js";
import type { Report } from "./report.js";
import { sarifLog } from "./sarif.js";
import { textLines } from "./text.js";

export type Format = (report: Report, terminal: Terminal) => string;

export const formats = {
  text: (report, terminal) => textLines(report, terminal).join("\n"),
  json: (report) => JSON.stringify(report, undefined, 2),
  sarif: (report) => JSON.stringify(sarifLog(report), undefined, 2),
  github: (report) => githubLines(report).join("\n"),
} satisfies Readonly<Record<string, Format>>;
