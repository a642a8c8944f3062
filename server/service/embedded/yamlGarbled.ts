// What YAML, JSON, compose and Kubernetes make of a value that stands there without the quotes it needs.

import type { MapNode, ScalarNode, Span } from "../text/node.js";
import type { Garbled, Parsed } from "../text/parsed.js";
import type { EmbeddedValue } from "./embedding.js";
import { garbledValue, objectEnd, singleQuoted, singleQuotesIn } from "./garbled.js";
import type { Letters } from "./letters.js";
import { jsonLetters } from "./treeLetters.js";
import type { FoundValue } from "./yamlFinds.js";
import { yamlLetters, yamlQuoting } from "./yamlLetters.js";
import type { YamlReader } from "./yamlVariables.js";

export function garbledIn(outer: Parsed, found: FoundValue, reader: YamlReader): EmbeddedValue | undefined {
  return outer.syntax === "json" ? garbledInJson(outer, found, reader) : garbledInYaml(outer, found, reader);
}

function garbledInYaml({ text }: Parsed, found: FoundValue, reader: YamlReader): EmbeddedValue | undefined {
  const { node, skip, skipsQuotes } = found;
  if (node.kind === "map") {
    // The parser goes on behind the text that ended too early, and finds a key in it.
    const key = node.pairs[0]?.key;
    const broken = key?.kind === "scalar" && key.style === "double" ? brokenScalar(text, key, skip) : undefined;
    return broken ?? (skip > 0 ? inList(text, node, skip) : mapping(text, node, reader));
  }
  if (skip === 0) {
    const broken = node.style === "double" ? brokenScalar(text, node, 0) : undefined;
    return broken ?? (reader === "compose" && found.item !== undefined ? asItem(text, node, found.item) : undefined);
  }
  if (node.style === "double") return brokenScalar(text, node, skip);
  return reader === "compose" && node.style === "plain" && !skipsQuotes ? quotesKept(text, node, skip) : undefined;
}

/** `value: {"a": 1}`. In other files, such as Helm's values, a template may make text of it. */
function mapping(text: string, node: MapNode, reader: YamlReader): EmbeddedValue | undefined {
  const end = objectEnd(text, node.start);
  if (reader === "other") return undefined;
  if (end === undefined || end !== node.end) return tree(text, node, reader);
  return garbledValue(text, [node.start, end], {
    said: `${NAMES[reader]} takes text here, reads a mapping and refuses the file`,
    isRefused: true,
    next: "put the value in single quotes",
    edits: singleQuoted(text, [node.start, end], "''"),
  });
}

const NAMES = { compose: "compose", kubernetes: "Kubernetes", ecs: "ECS" } as const;

/** A mapping in YAML's own way, over lines or in braces without quotes. */
function tree(text: string, node: MapNode, reader: Exclude<YamlReader, "other">): EmbeddedValue {
  const letters = jsonLetters(node);
  const gap = /:([ \t]*\r?\n[ \t]*)$/.exec(text.slice(Math.max(0, node.start - 200), node.start))?.[1];
  const start = node.start - (gap?.length ?? 0);
  const json = `'${letters.text.replace(/'/g, "''")}'`;
  const garbled: Garbled = {
    said: `${NAMES[reader]} takes text here, reads a mapping and refuses the file`,
    isRefused: true,
    isOtherSyntax: true,
    next: "write the value as JSON in single quotes",
    edits: [{ span: [start, node.end], newText: gap === undefined ? json : ` ${json}` }],
  };
  return { letters, quoting: { letter: (letter) => letter, lineBreak: " " }, later: [], garbled };
}

/** `"value": {"a": 1}` and `"value": "{"a": 1}"`. */
function garbledInJson({ text }: Parsed, { node, skip }: FoundValue, reader: YamlReader): EmbeddedValue | undefined {
  if (skip > 0) return undefined;
  const next = "write it as one text, with a backslash before each quote in it";
  const asText = (span: Span) => JSON.stringify(text.slice(...span).replace(/\s*\n\s*/g, " "));
  if (node.kind === "map") {
    if (reader === "other") return undefined;
    const span: Span = [node.start, node.end];
    const said = `${NAMES[reader]} takes text here, reads an object and refuses the file`;
    return garbledValue(text, span, { said, isRefused: true, next, edits: [{ span, newText: asText(span) }] });
  }
  const broken = brokenScalar(text, node, 0);
  if (!broken?.garbled) return undefined;
  const [from = 0, to = 0] = [broken.letters.starts[0], broken.letters.ends.at(-1)];
  const edits = [{ span: [from - 1, to + 1] as const, newText: asText([from, to]) }];
  return { ...broken, garbled: { ...broken.garbled, next, edits } };
}

/** `- NAME: '{"a": 1}'`: in a list compose wants `- 'NAME={"a": 1}'`. */
function asItem(text: string, node: ScalarNode, item: number): EmbeddedValue | undefined {
  const quote = text.charAt(node.start);
  if ((quote !== "'" && quote !== '"') || text.charAt(node.end - 1) !== quote) return undefined;
  const name = /^[\w"']+/.exec(text.slice(item, node.start))?.[0].replace(/["']/g, "");
  const inner = yamlLetters(text, node);
  if (name === undefined || !inner || !/^\s*\{/.test(inner.text)) return undefined;
  const garbled: Garbled = {
    said: "compose takes NAME=value in a list, reads a mapping and refuses the file",
    isRefused: true,
    next: "write the item as NAME=value",
    edits: [{ span: [item, node.start + 1], newText: `${quote}${name}=` }],
  };
  return { letters: inner, quoting: yamlQuoting(text, node, "\n"), later: [], garbled };
}

/** `"{"a": 1}"` and `- "NAME={"a": 1}"`. */
function brokenScalar(text: string, { start, text: found }: ScalarNode, skip: number): EmbeddedValue | undefined {
  if (!/^\s*\{\s*$/.test(found.slice(skip))) return undefined;
  const from = start + 1 + skip;
  const end = objectEnd(text, from);
  if (end === undefined || text.charAt(end) !== '"') return undefined;
  return garbledValue(text, [from, end], {
    said: "the next double quote in it ends the text already, and the file is refused",
    isRefused: true,
    next: `put the ${skip === 0 ? "value" : "whole item"} in single quotes`,
    edits: [
      { span: [start, start + 1], newText: "'" },
      ...singleQuotesIn(text, [from, end], "''"),
      { span: [end, end + 1], newText: "'" },
    ],
  });
}

/** `- NAME={"a": 1}` and `- NAME='{"a": 1}'`: the blank behind the colon makes a mapping of the item. */
function inList(text: string, { start }: MapNode, skip: number): EmbeddedValue | undefined {
  const at = start + skip;
  const quote = /['"]/.test(text.charAt(at)) ? text.charAt(at) : "";
  const end = objectEnd(text, at + quote.length);
  if (end === undefined || (quote !== "" && text.charAt(end) !== quote)) return undefined;
  const span: Span = [at + quote.length, end];
  return garbledValue(text, span, {
    said: 'the ": " in it makes a mapping of the item, and the file is refused',
    isRefused: true,
    next: "put the whole item in single quotes",
    edits: [
      { span: [start, start], newText: "'" },
      ...(quote === "" ? [] : [{ span: [at, at + 1] as const, newText: "" }]),
      ...singleQuotesIn(text, span, "''"),
      { span: [end, end + quote.length], newText: "'" },
    ],
  });
}

/** `- NAME='{"a":1}'`: quotes inside of an item are letters of the value. */
function quotesKept(text: string, { start, end }: ScalarNode, skip: number): EmbeddedValue | undefined {
  const at = start + skip;
  const quote = text.charAt(at);
  if ((quote !== "'" && quote !== '"') || objectEnd(text, at + 1) !== end - 1 || text.charAt(end - 1) !== quote)
    return undefined;
  return garbledValue(text, [at + 1, end - 1], {
    said: "in a list these quotes belong to the value",
    isRefused: false,
    next: "take them away, or put the whole item in quotes",
    edits: [
      { span: [at, at + 1], newText: "" },
      { span: [end - 1, end], newText: "" },
    ],
  });
}

/** A dollar sign that begins no variable: compose refuses the file for it. */
export function wrongDollars({ text, starts, ends }: Letters, later: readonly Span[]): Garbled | undefined {
  const wrong = [...text.matchAll(/\$/g)].flatMap(({ index }): Span[] => {
    const [from, to] = [starts[index] ?? 0, ends[index] ?? 0];
    return to - from > 1 || later.some(([start, end]) => start <= index && index < end) ? [] : [[from, to]];
  });
  const at = wrong[0] && starts.indexOf(wrong[0][0]);
  if (at === undefined) return undefined;
  return {
    said: 'compose takes "$" for the beginning of a variable and refuses the file',
    isRefused: true,
    next: 'write "$$"',
    span: [at, at + 1],
    edits: wrong.map((span) => ({ span, newText: "$$" })),
  };
}
