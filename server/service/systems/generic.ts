// Rules that every system has: what the syntax, the schema and the common stages of diagnosing report. A system's table
// takes these rows and says in `host` what its own host does.

import type { Severity } from "./problem.js";
import type { Rule, SystemId } from "./system.js";

export type GenericCode =
  | "syntax"
  | "too-large"
  | "duplicate-key"
  | "unknown-field"
  | "missing-field"
  | "wrong-type"
  | "bad-value"
  | "deprecated"
  | "unused-suppression";

type HostWords = Readonly<Record<"syntax" | "duplicate-key" | "wrong-type", string>> &
  Readonly<Partial<Record<"unknown-field" | "missing-field" | "bad-value" | "deprecated", string>>>;

/**
 * The generic rows of a system; `host` says what its host does in each case, and leaves out what the system's schemas
 * never report under the generic code. `severities` overrides the defaults.
 */
export function genericRules(
  system: SystemId,
  host: HostWords,
  severities: Partial<Readonly<Record<GenericCode, Severity>>> = {},
): Rule[] {
  const row = (code: GenericCode, severity: Severity, title: string, said: string | undefined, fix: string): Rule[] =>
    said === undefined
      ? []
      : [{ code: `${system}/${code}`, severity: severities[code] ?? severity, title, host: said, fix }];
  return [
    ...row("syntax", "error", "the text can't be read", host.syntax, "mend the text at the marked place"),
    ...row(
      "too-large",
      "error",
      "aliases expand to a document that is too large",
      BOMB,
      "write the values out, or use fewer aliases",
    ),
    ...row("duplicate-key", "warning", "a key stands twice", host["duplicate-key"], "keep one of them"),
    ...row(
      "unknown-field",
      "error",
      "the host doesn't know this field",
      host["unknown-field"],
      "correct the name or remove the field",
    ),
    ...row("missing-field", "error", "a required field is missing", host["missing-field"], "add the field"),
    ...row(
      "wrong-type",
      "error",
      "the value has another type than the host wants",
      host["wrong-type"],
      "write a value of that type",
    ),
    ...row(
      "bad-value",
      "error",
      "the host doesn't take this value",
      host["bad-value"],
      "write one of the values it takes",
    ),
    ...row("deprecated", "hint", "this field is deprecated", host.deprecated, "use the field that the message names"),
    ...row("unused-suppression", "hint", "a suppression comment that suppresses nothing", UNUSED, "remove the comment"),
  ];
}

const BOMB = "A host that expands such a file runs out of memory; kubectl and PyYAML have been brought down this way.";
const UNUSED = "Nothing: the comment is for Plugsmith alone. The problem it silenced is gone, or its code is misspelt.";
