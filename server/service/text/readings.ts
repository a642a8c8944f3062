// How a host's own parser reads a plain scalar. The four hosts disagree: `yes` is text for Bun (YAML 1.2), a boolean
// for PyYAML and for kustomize, `y` only for kustomize, `12:30` a number only for PyYAML, and JSON knows none of it.

import type { ScalarNode } from "./node.js";

/** `go-yaml-3`: how kustomize reads objects, other than its own file: of the words only true and false are no text. */
export type Dialect = "yaml-1.2" | "pyyaml" | "go-yaml" | "go-yaml-3" | "json";

/** A plain date that PyYAML turns into a date object: no string, no number, nothing a schema accepts. */
export const TIMESTAMP = Symbol.for("plugsmith.timestamp");

export type ScalarValue = string | number | boolean | null | typeof TIMESTAMP;

export function scalarValue(node: ScalarNode, dialect: Dialect): ScalarValue {
  if (node.tag?.endsWith(":str") || node.tag === "!") return node.text;
  return node.style === "plain" ? plainValue(node.text, dialect) : node.text;
}

export function plainValue(text: string, dialect: Dialect): ScalarValue {
  if (text.length > LONGEST_WORD && startsWithLetter(text)) return text;
  const { bool, number } = READERS[dialect];
  if (/^(~|null|Null|NULL|)$/.test(text)) return dialect === "json" && text !== "null" ? text : null;
  const truth = bool(text);
  return truth ?? number(text) ?? text;
}

/** Of what begins with a letter only words such as `false` are no text, in every dialect. */
const LONGEST_WORD = 5;

function startsWithLetter(text: string): boolean {
  const code = text.charCodeAt(0) | 32;
  return code >= 97 && code <= 122;
}

interface Reader {
  bool(text: string): boolean | undefined;
  number(text: string): number | typeof TIMESTAMP | undefined;
}

const words = (yes: RegExp, no: RegExp) => (text: string) =>
  yes.test(text) ? true : no.test(text) ? false : undefined;

const coreTruth = words(/^(true|True|TRUE)$/, /^(false|False|FALSE)$/);

const READERS: Readonly<Record<Dialect, Reader>> = {
  json: { bool: words(/^true$/, /^false$/), number: jsonNumber },
  "yaml-1.2": { bool: coreTruth, number: coreNumber },
  "go-yaml-3": { bool: coreTruth, number: goNumber },
  pyyaml: {
    bool: words(/^(yes|Yes|YES|true|True|TRUE|on|On|ON)$/, /^(no|No|NO|false|False|FALSE|off|Off|OFF)$/),
    number: pyyamlNumber,
  },
  "go-yaml": {
    bool: words(/^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/, /^(n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/),
    number: goNumber,
  },
};

function jsonNumber(text: string): number | undefined {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}

function coreNumber(text: string): number | undefined {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  if (/^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  return special(text);
}

function pyyamlNumber(text: string): number | typeof TIMESTAMP | undefined {
  const plain = text.replace(/_/g, "");
  if (/^[-+]?0b[01_]+$/.test(text)) return radix(plain, 2, "0b");
  if (/^[-+]?0x[0-9a-fA-F_]+$/.test(text)) return radix(plain, 16, "0x");
  if (/^[-+]?0[0-7_]+$/.test(text)) return radix(plain, 8, "0");
  if (/^[-+]?(0|[1-9][0-9_]*)$/.test(text)) return Number(plain);
  // 12:30 is 750, but 09:30 is text: a whole sexagesimal number begins with 1 to 9, and -.5 is text as well.
  if (/^[-+]?([1-9][0-9_]*(:[0-5]?\d)+|[0-9][0-9_]*(:[0-5]?\d)+\.[0-9_]*)$/.test(text)) return sexagesimal(plain);
  if (/^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?)$/.test(text))
    return Number(plain);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return TIMESTAMP;
  if (/^\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)\d\d?:\d\d:\d\d(\.\d*)?([ \t]*(Z|[-+]\d\d?(:\d\d)?))?$/.test(text))
    return TIMESTAMP;
  return special(text);
}

function goNumber(text: string): number | undefined {
  const plain = text.replace(/_/g, "");
  if (/^[-+]?0b[01]+$/.test(plain)) return radix(plain, 2, "0b");
  if (/^[-+]?0o[0-7]+$/.test(plain)) return radix(plain, 8, "0o");
  if (/^[-+]?0x[0-9a-fA-F]+$/.test(plain)) return radix(plain, 16, "0x");
  if (/^[-+]?0[0-7]+$/.test(plain)) return radix(plain, 8, "0");
  if (/^[-+]?[1-9]\d*$|^[-+]?0$/.test(plain)) return Number(plain);
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return Number(text);
  return special(text);
}

function special(text: string): number | undefined {
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return /^\.(nan|NaN|NAN)$/.test(text) ? Number.NaN : undefined;
}

function radix(text: string, base: number, prefix: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * Number.parseInt(text.replace(/^[-+]/, "").slice(prefix.length), base);
}

function sexagesimal(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  return (
    sign *
    text
      .replace(/^[-+]/, "")
      .split(":")
      .reduce((sum, part) => sum * 60 + Number(part), 0)
  );
}
