// Problems in the shape of LSP diagnostics: offsets become ranges here and nowhere else.

import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from "vscode-languageserver-types";
import { URI } from "vscode-uri";
import type { Problem, Severity } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";
import type { Span } from "../text/node.js";
import { rangeOf } from "../text/parsed.js";
import { Snapshot } from "../text/snapshot.js";

const SOURCE = "plugsmith";

export function toDiagnostics(manifest: Manifest, problems: readonly Problem[], docs?: string): Diagnostic[] {
  return problems.map((problem) => toDiagnostic(manifest, problem, docs));
}

/** Page of a rule below the documentation's base. */
const rulePage = (docs: string, code: string): string => `${docs}/rules/${code}.md`;

function toDiagnostic(manifest: Manifest, problem: Problem, docs: string | undefined): Diagnostic {
  const { parsed } = manifest;
  return {
    range: rangeOf(parsed, problem.span),
    severity: SEVERITIES[problem.severity],
    source: SOURCE,
    code: problem.code,
    message: problem.message,
    ...(docs !== undefined && { codeDescription: { href: rulePage(docs, problem.code) } }),
    ...(problem.tags && { tags: problem.tags.map((tag) => TAGS[tag]) }),
    ...(problem.related && {
      relatedInformation: problem.related.map(({ message, path, span }) => ({
        message,
        location: {
          uri: path === undefined ? parsed.uri : URI.file(path).toString(),
          range: path === undefined ? rangeOf(parsed, span) : rangeElsewhere(manifest, path, span),
        },
      })),
    }),
  };
}

/** In a file that may not be open; its beginning where it can't be read. */
function rangeElsewhere({ workspace }: Manifest, path: string, [start, end]: Span): Range {
  const text = end > 1 ? workspace.files.read(path) : undefined;
  if (text === undefined) return TOP;
  const document = new Snapshot(URI.file(path).toString(), "", 0, text);
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary } as const;
