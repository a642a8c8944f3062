// What is known against a package before it is made or sent: the packer's own findings joined with what the caller's diagnostics say
// of the same files, errors first.
import type { Finding } from "../hosts/host.js";

/** A problem that the language server or the checker already found. */
export interface DiagnosticLike {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly code: string;
  readonly message: string;
  readonly file?: string;
}

export function stops(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** One list, errors first. A diagnostic of a code that the packer reports itself is the same problem told twice. */
export function findingsWith(own: readonly Finding[], diagnostics: readonly DiagnosticLike[]): readonly Finding[] {
  const codes = new Set(own.map((finding) => finding.code));
  const given = diagnostics.filter((item) => !codes.has(item.code)).map(findingOf);
  return [...own, ...given].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

const rank: Readonly<Record<Finding["severity"], number>> = { error: 0, warning: 1, information: 2 };

function findingOf(item: DiagnosticLike): Finding {
  const severity = item.severity === "hint" ? "information" : item.severity;
  return { severity, code: item.code, message: item.message, ...(item.file === undefined ? {} : { file: item.file }) };
}
