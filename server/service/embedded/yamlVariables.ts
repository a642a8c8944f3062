// Variables set in YAML: `env` of Kubernetes containers and Helm values, `environment` of compose files, data of a
// ConfigMap. Which program fills in what later (`${X}`, `$(X)`) depends on the file.

import type { Span } from "../text/node.js";
import { children, keyText, type Node, type Pair, type ScalarNode } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import type { EmbeddedValue } from "./embedding.js";
import { type Letters, partOfLetters, rewriteLetters } from "./letters.js";
import { yamlLetters, yamlQuoting } from "./yamlLetters.js";

export function yamlValues(outer: Parsed, name: string): readonly EmbeddedValue[] {
  return outer.tree.documents.flatMap(({ root }) => {
    const isCompose = root?.kind === "map" && root.pairs.some((pair) => keyText(pair) === "services");
    return root ? scalarsOf(root, name).flatMap((found) => readValue(outer, found, isCompose) ?? []) : [];
  });
}

interface FoundScalar {
  readonly node: ScalarNode;
  /** Letters of the scalar before the value: `NAME=` in a list of assignments. */
  readonly skip: number;
}

const HOLDERS = new Set(["environment", "env", "data", "stringData"]);

function scalarsOf(root: Node, name: string): readonly FoundScalar[] {
  const found: FoundScalar[] = [];
  const queue: { readonly node: Node; readonly holder: string | undefined }[] = [{ node: root, holder: undefined }];
  for (const { node, holder } of queue) {
    const holds = holder !== undefined && HOLDERS.has(holder);
    if (node.kind === "map") {
      const value = holds ? valueUnder(node.pairs, name) : undefined;
      const named = valueUnder(node.pairs, "name");
      const given = named?.text === name ? valueUnder(node.pairs, "value") : undefined;
      for (const one of [value, given]) if (one) found.push({ node: one, skip: 0 });
      for (const pair of node.pairs) if (pair.value) queue.push({ node: pair.value, holder: keyText(pair) });
    } else if (node.kind === "scalar") {
      if (holds && node.text.startsWith(`${name}=`)) found.push({ node, skip: name.length + 1 });
    } else {
      for (const child of children(node)) queue.push({ node: child, holder });
    }
  }
  return found.sort((a, b) => a.node.start - b.node.start);
}

function valueUnder(pairs: readonly Pair[], key: string): ScalarNode | undefined {
  const value = pairs.find((pair) => keyText(pair) === key)?.value;
  return value?.kind === "scalar" ? value : undefined;
}

function readValue(outer: Parsed, { node, skip }: FoundScalar, isCompose: boolean): EmbeddedValue | undefined {
  const whole = yamlLetters(outer.text, node);
  if (!whole) return undefined;
  const written = partOfLetters(whole, [skip, whole.text.length]);
  const letters = isCompose ? rewriteLetters(written, /\$\$/g, () => "$") : written;
  const wrap = isCompose ? (letter: string) => (letter === "$" ? "$$" : letter) : undefined;
  return { letters, quoting: yamlQuoting(outer.text, node, outer.eol, wrap), later: laterIn(letters, isCompose) };
}

function laterIn({ text, starts, ends }: Letters, isCompose: boolean): readonly Span[] {
  const pattern = isCompose ? /\$(?:\{[^}]*\}?|[A-Za-z_]\w*)|\{\{[\s\S]*?\}\}/g : /\$\([^)]*\)|\{\{[\s\S]*?\}\}/g;
  return [...text.matchAll(pattern)].flatMap((match): Span[] => {
    const isEscaped = match[0].startsWith("$") && (ends[match.index] ?? 0) - (starts[match.index] ?? 0) > 1;
    return isEscaped ? [] : [[match.index, match.index + match[0].length]];
  });
}
