// The report as SARIF 2.1.0, for code scanning services. Rules carry what the rule table says of them.

import type { Log, ReportingDescriptor, Result } from "sarif";
import { type Rule, type Severity, SYSTEMS } from "../../../server/service/index.js";
import { version } from "../version.js";
import type { Report } from "./report.js";

export function sarifLog({ files }: Report): Log {
  const codes = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  const results = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map<Result>(({ severity, code, message, range: { start, end } }) => ({
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    })),
  );
  const driver = { name: "Plugsmith", semanticVersion: version(), rules: codes.map(ruleOf) };
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

function ruleOf(code: string): ReportingDescriptor {
  const rule = SYSTEMS.flatMap<Rule>(({ rules }) => rules).find((one) => one.code === code);
  if (!rule) return { id: code };
  return {
    id: code,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.host },
    help: { text: `${rule.host} To mend it: ${rule.fix}.` },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}
