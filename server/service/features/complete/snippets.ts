// Snippets of the system, each only where its body belongs: a whole file in an empty one, keys in a map, items in a list.

import type { Manifest, Snippet } from "../../systems/system.js";
import type { Caret } from "../../text/caret/caret.js";
import type { Habits } from "../../text/columns.js";
import { type KeyPath, keyText } from "../../text/node.js";
import { plainText } from "../../text/render.js";
import { matchFrom } from "../../text/slices.js";
import { indentAt, jsonBody, reindented } from "./indent.js";
import type { Offer } from "./offer.js";

export function snippetOffers(manifest: Manifest, caret: Caret, habits: Habits): Offer[] {
  const { system, kind, parsed } = manifest;
  const id = `${system.id}/${kind.id}`;
  const isEmpty = matchFrom(parsed.source, 0, /\S/) === undefined;
  return (system.snippets ?? [])
    .filter(({ document }) => document === id)
    .flatMap((snippet, index) => {
      const base = caret.form === "json" ? indentAt(parsed.text, caret.replace[0]) : "";
      const body = caret.form === "json" ? jsonBody(snippet.body, base) : reindented(snippet.body, habits);
      const insert = insertOf({ ...snippet, body }, caret, isEmpty);
      if (insert === undefined) return [];
      return [
        {
          label: snippet.prefix,
          kind: "snippet" as const,
          insert,
          replace: caret.replace,
          detail: "snippet",
          aside: snippet.title,
          documentation: `${snippet.description}\n\n\`\`\`${parsed.syntax}\n${plainText(snippet.body.join("\n"))}\n\`\`\``,
          rank: (snippet.slot === "file" ? -100 : 5000) + index,
          ...(caret.missing && { missing: caret.missing }),
        },
      ];
    });
}

function insertOf(snippet: Snippet, caret: Caret, isEmpty: boolean): string | undefined {
  if (snippet.slot === "file")
    return isEmpty && caret.at.length === 0 && isFirstCaret(caret) ? indented(snippet.body, caret) : undefined;
  if (isEmpty && caret.form === "json") return undefined;
  if (snippet.slot === "key")
    return caret.slot === "key" && !caret.hasColon && fits(snippet.at, caret.at) && isAbsent(snippet, caret)
      ? keyBody(snippet, caret)
      : undefined;
  return itemBody(snippet, caret);
}

/** An empty file has a key caret and a value caret; the file snippet goes to one of them only. */
const isFirstCaret = (caret: Caret): boolean => caret.form === "json" || caret.slot === "key";

function isAbsent({ body }: Snippet, caret: Caret): boolean {
  if (caret.slot !== "key") return false;
  const names = new Set((caret.map?.pairs ?? []).map(keyText));
  const indent = /^\s*/.exec(body[0] ?? "")?.[0] ?? "";
  return body.every((line) => {
    const name = line.startsWith(`${indent} `) ? undefined : /^\s*"?([A-Za-z][\w-]*)"?\s*:/.exec(line)?.[1];
    return name === undefined || !names.has(name);
  });
}

function keyBody({ body }: Snippet, caret: Caret): string | undefined {
  if (caret.form === "flow") return undefined;
  return `${indented(body, caret)}${caret.commaAfter ? "," : ""}`;
}

function itemBody({ body, at }: Snippet, caret: Caret): string | undefined {
  if (caret.form === "flow") return undefined;
  if (caret.slot === "item")
    return fits(at, caret.at) ? `- ${indented(body, { ...caret, column: caret.column + 2 })}` : undefined;
  if (caret.slot !== "value" || caret.after !== "item" || caret.node || !fits(at, caret.at.slice(0, -1)))
    return undefined;
  const blank = caret.needsBlank ? " " : "";
  return `${blank}${indented(body, caret)}${caret.commaAfter ? "," : ""}`;
}

function indented(body: readonly string[], { column, form }: Caret): string {
  return body.join(`\n${form === "json" ? "" : " ".repeat(column)}`);
}

function fits(pattern: string, at: KeyPath): boolean {
  const parts = pattern === "" ? [] : pattern.split(".");
  return parts.length === at.length && parts.every((part, i) => part === "*" || part === String(at[i]));
}
