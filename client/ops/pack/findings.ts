// What is known against a package before it is made or sent: the packer's own findings joined with what the caller's diagnostics say
// of the same files, errors first.
import type { Finding } from "../hosts/host.js";
import { definedOf } from "../values.js";

/** A problem that the language server or the checker already found. */
export interface DiagnosticLike {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly position?: Finding["position"];
}

export function stops(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** One list, errors first. A diagnostic of what the packer reports itself is the same problem told twice, and knows its place. */
export function findingsWith(own: readonly Finding[], diagnostics: readonly DiagnosticLike[]): readonly Finding[] {
  const placed = own.map((finding) => {
    const { file, position } = diagnostics.find((item) => isSameProblem(finding, item)) ?? {};
    return file === undefined || position === undefined ? finding : { ...finding, file, position };
  });
  const given = diagnostics.filter((item) => !own.some((finding) => isSameProblem(finding, item))).map(findingOf);
  return [...placed, ...given].sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** "package/entry-missing" is "buntime/entry-missing", found while packing. */
function isSameProblem({ code }: Pick<Finding, "code">, item: Pick<DiagnosticLike, "code">): boolean {
  return item.code === code || (code.startsWith("package/") && subject(item.code) === subject(code));
}

function subject(code: string): string {
  return code.slice(code.indexOf("/") + 1);
}

const rank: Readonly<Record<Finding["severity"], number>> = { error: 0, warning: 1, information: 2 };

function findingOf(item: DiagnosticLike): Finding {
  const severity = item.severity === "hint" ? "information" : item.severity;
  const { code, message, file, position } = item;
  return { severity, code, message, ...definedOf({ file, position }) };
}
