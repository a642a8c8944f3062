// The report as workflow commands, which GitHub Actions shows at the lines of a pull request.

import type { Severity } from "../../../server/service/index.js";
import type { Report } from "./report.js";

export function githubLines({ files }: Report): string[] {
  return files.flatMap(({ path, diagnostics }) =>
    diagnostics.map(({ severity, code, message, range: { start, end } }) => {
      const place: readonly [string, string | number][] = [
        ["file", path],
        ["line", start.line + 1],
        ["endLine", end.line + 1],
        ["col", start.character + 1],
        ["endColumn", end.character + 1],
        ["title", code],
      ];
      const properties = place.map(([name, value]) => `${name}=${escapedProperty(String(value))}`).join(",");
      return `::${COMMANDS[severity]} ${properties}::${escaped(message)}`;
    }),
  );
}

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

const escaped = (text: string): string => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const escapedProperty = (text: string): string => escaped(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
