// Reads JSON text into the common tree with `jsonc-parser`, which keeps going after mistakes. Strict: what
// `JSON.parse` refuses is a problem (comments, trailing commas, single quotes, non-finite numbers, a byte order mark).

import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { isTooDeep, TOO_DEEP } from "../depth.js";
import type { Node, Pair, Span, SyntaxProblem, Tree } from "../node.js";
import { type Base, Origin, PlacedList, PlacedMap, PlacedPair, PlacedScalar } from "../placed.js";

export const readJson = (text: string): Tree => jsonTree(text, readJsonText(text));

export function jsonTree(text: string, { root, problems }: JsonText): Tree {
  const base = { origin: new Origin(0), zero: 0 };
  if (problems.length === 1 && problems[0]?.message === TOO_DEEP) return { documents: [], problems, hasAliases: false };
  const documents = [{ start: 0, end: text.length, root: root && convertJson(root, base) }];
  return { documents, problems, hasAliases: false };
}

export interface JsonText {
  readonly root: JsonNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** The parser's own nodes, with the problems in our words. */
export function readJsonText(text: string): JsonText {
  if (isTooDeep(text)) return { root: undefined, problems: [{ span: [0, 1], message: TOO_DEEP }] };
  const errors: ParseError[] = [];
  const marked = text.startsWith("\ufeff");
  const problems: SyntaxProblem[] = marked ? [{ span: [0, 1], message: BOM }] : [];
  const body = rendered(finite(marked ? ` ${text.slice(1)}` : text, problems), problems);
  let root = parseTree(body, errors, STRICT);
  const apart = errors.length > 0 ? keysApart(body, root) : body;
  if (apart !== body) {
    errors.length = 0;
    root = parseTree(apart, errors, STRICT);
  }
  problems.push(...withoutCascade(errors, text).map((error) => describe(error, text)));
  if (problems.length === 0) problems.push(...judge(text));
  return { root, problems: withoutEnds(distinct(problems), text) };
}

/** Of a text that breaks off, the place is told once: what is open there closes together. */
function withoutEnds(problems: readonly SyntaxProblem[], text: string): readonly SyntaxProblem[] {
  const end = text.trimEnd().length;
  return problems.filter(
    ({ span, message }, index) => index === 0 || span[0] < end || !/^"[}\]]" is expected/.test(message),
  );
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/**
 * While a value is still to come, the parser takes the next key for it. A comma in the gap tells them apart:
 *
 *     "slot":
 *     "entrypoint": "index.html"
 */
function keysApart(text: string, root: JsonNode | undefined): string {
  const gaps: number[] = [];
  if (root) visit(root);
  let apart = text;
  for (const at of gaps) apart = `${apart.slice(0, at)},${apart.slice(at + 1)}`;
  return apart;

  function visit(node: JsonNode): void {
    const value = node.type === "property" ? node.children?.[1] : undefined;
    const gap = (node.colonOffset ?? 0) + 1;
    if (value?.type === "string" && /\s/.test(text.charAt(gap)) && COLON.test(tail(text, value))) gaps.push(gap);
    for (const child of node.children ?? []) visit(child);
  }
}

const COLON = /^\s*:/;
const tail = (text: string, { offset, length }: JsonNode) => text.slice(offset + length, offset + length + 20);

/** After a mistake the parser often reports the very next token as well; only the first of neighbours is told. */
function withoutCascade(errors: readonly ParseError[], text: string): ParseError[] {
  const kept: ParseError[] = [];
  let end = -1;
  let isInText = false;
  for (const error of [...errors].sort((a, b) => a.offset - b.offset)) {
    const name = printParseErrorCode(error.error);
    const between = end >= 0 && error.offset <= end + 200 ? text.slice(end, error.offset) : undefined;
    const isFollower = between !== undefined && (between.trim() === "" || VALUE_OF_KEY.test(between));
    // The further lines of a text that runs over several.
    const isRest = isInText && between?.trim() === "" && TEXT_RUNS_ON.has(name);
    if (!isRest && (!isFollower || !FOLLOWERS.has(name))) kept.push(error);
    isInText = name === "UnexpectedEndOfString" || (isInText && between?.trim() === "");
    end = Math.max(end, error.offset + error.length);
  }
  return kept;
}

/** What stands behind a key without quotes, of which the parser loses the value as well. */
const VALUE_OF_KEY = /^\s*:?\s*("(?:[^"\\\n]|\\.)*"|[\w.+-]+)?\s*$/;

const TEXT_RUNS_ON = new Set(["InvalidSymbol", "UnexpectedEndOfString"]);
const FOLLOWERS = new Set(["PropertyNameExpected", "ValueExpected", "ColonExpected", "CommaExpected"]);

const BOM = "a byte order mark before the text; strict JSON readers refuse it, save the file as UTF-8 without BOM";

/** Python writes and reads these words, JSON has none of them; a number of the same width keeps the rest readable. */
function finite(text: string, problems: SyntaxProblem[]): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(STRING_OR_WORD, (found, word: string | undefined, at: number) => {
    if (word === undefined) return found;
    const span = [at, at + word.length] as const;
    problems.push({ span, message: `"${word}" is not JSON; write a finite number or null` });
    return "1".repeat(word.length);
  });
}

const STRING_OR_WORD = /"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?\*\/|((?<![\w.$])-?(?:NaN|Infinity)(?![\w$]))/g;

/** A place for a template engine where a value belongs, which a text of the same width keeps. */
function rendered(text: string, problems: SyntaxProblem[]): string {
  if (!/[:[,]\s*(?:\{\{|\$\{|<%)/.test(text)) return text;
  return text.replace(STRING_OR_TEMPLATE, (found, template: string | undefined, at: number) => {
    if (template === undefined) return found;
    const span = [at, at + template.length] as const;
    problems.push({ span, message: "a template that is still to be filled in is no JSON; put it in double quotes" });
    return `"${"x".repeat(template.length - 2)}"`;
  });
}

const STRING_OR_TEMPLATE =
  /"(?:[^"\\\n]|\\.)*"?|((?=[{$<])(?<=[:[,]\s*)(?:\{\{.*?\}\}|\$\{[^{}\n]*\}|<%.*?%>)(?=\s*(?:[,}\]]|$)))/g;

/** `jsonc-parser` lets a few forms pass that JSON forbids; the engine's own parser has the last word. */
function judge(text: string): SyntaxProblem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(said)?.[1] ?? 0);
    const start = Math.min(at, Math.max(0, text.length - 1));
    return [
      {
        span: [start, Math.min(start + 1, text.length)],
        message: `not valid JSON: ${said.replace(/ in JSON at position.*$/s, "")}`,
      },
    ];
  }
}

export function convertJson(node: JsonNode, base: Base): Node | undefined {
  const { origin, zero } = base;
  const from = node.offset - zero;
  const to = from + node.length;
  const children = node.children ?? [];
  switch (node.type) {
    case "object":
      return new PlacedMap(origin, from, to, true, convertProperties(children, base));
    case "array":
      return new PlacedList(
        origin,
        from,
        to,
        true,
        children.map((one) => convertJson(one, base)),
      );
    case "string":
      return new PlacedScalar(origin, from, to, String(node.value), "double");
    case "property":
      return undefined;
    default:
      return new PlacedScalar(origin, from, to, String(node.value), "plain");
  }
}

function convertProperties(children: readonly JsonNode[], base: Base): readonly Pair[] {
  // With no room for more than it holds, which a list that grows would have.
  const pairs = children.map((one) => convertProperty(one, base));
  return isWhole(pairs) ? pairs : pairs.flatMap((pair) => pair ?? []);
}

const isWhole = (pairs: readonly (Pair | undefined)[]): pairs is readonly Pair[] => !pairs.includes(undefined);

export function convertProperty({ children = [] }: JsonNode, base: Base): Pair | undefined {
  const [keyNode, valueNode] = children;
  const key = keyNode && convertJson(keyNode, base);
  if (!key) return undefined;
  const value = valueNode && convertJson(valueNode, base);
  const { at } = base.origin;
  return new PlacedPair(base.origin, key.start - at, (value?.end ?? key.end) - at, key, value);
}

const MESSAGES: Readonly<Record<string, string>> = {
  InvalidCommentToken: "comments are not JSON; the host refuses the file, remove this one",
  PropertyNameExpected: "a key in double quotes is expected here",
  ValueExpected: "a value is expected here",
  ColonExpected: '":" is expected here',
  CommaExpected: '"," is expected here',
  CloseBraceExpected: '"}" is expected here',
  CloseBracketExpected: '"]" is expected here',
  EndOfFileExpected: "nothing may follow the end of the document",
  InvalidNumberFormat: "not a JSON number",
  UnexpectedEndOfComment: "this comment has no end",
  UnexpectedEndOfString: "this string has no closing quote",
  UnexpectedEndOfNumber: "this number is not complete",
  InvalidUnicode: '"\\u" must be followed by four hexadecimal digits',
  InvalidEscapeCharacter: 'this escape is not JSON; write "\\\\" for a backslash',
  InvalidCharacter: "a control character must be escaped in a JSON string",
};

const EXPECTS_MORE = new Set(["PropertyNameExpected", "ValueExpected"]);
const TRAILING_COMMA = "a comma too many: JSON takes none behind the last member; remove it";

/** The comma behind a last member, which is the slip where the parser stumbles over the bracket after it. */
function commaBefore(text: string, bracket: number): Span | undefined {
  let at = bracket - 1;
  while (/[ \t\r\n]/.test(text.charAt(at))) at--;
  return /[}\]]/.test(text.charAt(bracket)) && text.charAt(at) === "," ? [at, at + 1] : undefined;
}

function describe(error: ParseError, text: string): SyntaxProblem {
  const span = [error.offset, Math.min(text.length, error.offset + error.length)] as const;
  const name = printParseErrorCode(error.error);
  const comma = EXPECTS_MORE.has(name) ? commaBefore(text, error.offset) : undefined;
  if (comma) return { span: comma, message: TRAILING_COMMA };
  if (name !== "InvalidSymbol") return { span, message: MESSAGES[name] ?? `not valid JSON: ${name}` };
  const symbol = text.slice(...span);
  if (/^(True|False|None)$/.test(symbol))
    return { span, message: `"${symbol}" is Python; JSON writes ${JSON_WORDS[symbol]}` };
  const what = COLON.test(text.slice(span[1], span[1] + 20)) ? "keys" : "strings";
  return { span, message: `"${symbol.slice(0, 40)}" is not JSON; ${what} stand in double quotes` };
}

const JSON_WORDS: Readonly<Record<string, string>> = { True: "true", False: "false", None: "null" };

function distinct(problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ span, message }) => {
    const key = `${span[0]}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
