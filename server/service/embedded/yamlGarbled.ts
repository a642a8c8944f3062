// What YAML, compose and Kubernetes make of a JSON value that stands there without the quotes it needs.

import type { MapNode, ScalarNode, Span } from "../text/node.js";
import type { Garbled, Parsed } from "../text/parsed.js";
import type { EmbeddedValue } from "./embedding.js";
import { garbledValue, objectEnd, singleQuoted, singleQuotesIn } from "./garbled.js";
import type { Letters } from "./letters.js";
import type { FoundValue } from "./yamlFinds.js";
import type { YamlReader } from "./yamlVariables.js";

export function garbledIn({ text }: Parsed, found: FoundValue, reader: YamlReader): EmbeddedValue | undefined {
  const { node, skip } = found;
  if (node.kind === "map") {
    // The parser goes on behind the text that ended too early, and finds a key in it.
    const key = node.pairs[0]?.key;
    const broken = key?.kind === "scalar" && key.style === "double" ? brokenScalar(text, key, skip) : undefined;
    return broken ?? (skip > 0 ? inList(text, node, skip) : mapping(text, node, reader));
  }
  if (skip === 0) return node.style === "double" ? brokenScalar(text, node, 0) : undefined;
  if (node.style === "double") return brokenScalar(text, node, skip);
  return reader === "compose" && node.style === "plain" ? quotesKept(text, node, skip) : undefined;
}

/** `value: {"a": 1}`. In other files, such as Helm's values, a template may make text of it. */
function mapping(text: string, node: MapNode, reader: YamlReader): EmbeddedValue | undefined {
  const end = objectEnd(text, node.start);
  if (reader === "other" || end === undefined) return undefined;
  return garbledValue(text, [node.start, end], {
    said: `${reader === "compose" ? "compose" : "Kubernetes"} takes text here, reads a mapping and refuses the file`,
    isRefused: true,
    next: "put the value in single quotes",
    edits: singleQuoted(text, [node.start, end], "''"),
  });
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
