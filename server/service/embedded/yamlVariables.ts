// Variables set in YAML or JSON: `env` of Kubernetes containers and Helm values, `environment` of compose files, ECS tasks and
// CloudFormation, data of a ConfigMap, literals of kustomize. Which program fills in what later (`${X}`, `$(X)`) depends on the file.

import type { Span } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import { defaultOf } from "./defaults.js";
import type { EmbeddedValue } from "./embedding.js";
import { heldFile } from "./heldFile.js";
import { type Letters, partOfLetters, rewriteLetters } from "./letters.js";
import { type FoundValue, foundValues, type ValueName } from "./yamlFinds.js";
import { garbledIn, wrongDollars } from "./yamlGarbled.js";
import { yamlLetters, yamlQuoting } from "./yamlLetters.js";

/** What runs the file: it decides about `$`, and about values that are no text. */
export type YamlReader = "compose" | "kubernetes" | "ecs" | "other";

export function yamlValues(outer: Parsed, name: ValueName): readonly EmbeddedValue[] {
  return outer.tree.documents.flatMap(({ root }) => {
    const has = (key: string) =>
      root?.kind === "map" && root.pairs.some((pair) => pair.key?.kind === "scalar" && pair.key.text === key);
    const reader = has("services")
      ? "compose"
      : has("kind")
        ? "kubernetes"
        : has("containerDefinitions")
          ? "ecs"
          : "other";
    if (!root) return [];
    const all = foundValues(root, name);
    if (name.isFile && /\.ya?ml$/.test(name.text))
      return all.flatMap(({ node }) => (node.kind === "scalar" ? (heldFile(outer, node, name.text) ?? []) : []));
    const values = all.flatMap((found) => readValue(outer, found, reader) ?? []);
    return name.isFile ? values.map((value) => ({ ...value, file: name.text })) : values;
  });
}

function readValue(outer: Parsed, found: FoundValue, reader: YamlReader): EmbeddedValue | undefined {
  const garbled = garbledIn(outer, found, reader);
  const { node, skip, skipsQuotes = false } = found;
  if (garbled || node.kind !== "scalar") return garbled;
  const whole = yamlLetters(outer.text, node);
  if (!whole) return undefined;
  const isCompose = reader === "compose";
  const behind = partOfLetters(whole, [skip, whole.text.length]);
  const written = skipsQuotes ? withoutQuotes(behind) : behind;
  const letters = isCompose ? defaultOf(rewriteLetters(written, /\$\$/g, () => "$")) : written;
  const wrap = isCompose ? (letter: string) => (letter === "$" ? "$$" : letter) : undefined;
  const later = laterIn(letters, isCompose);
  const dollars = isCompose ? wrongDollars(letters, later) : undefined;
  return {
    letters,
    quoting: yamlQuoting(outer.text, node, outer.eol, wrap),
    later,
    begins: node.start,
    ...(dollars && { garbled: dollars }),
  };
}

/** Of `NAME="{…}"` among a generator's literals kustomize drops the quotes. */
function withoutQuotes(letters: Letters): Letters {
  const { length } = letters.text;
  return /^(["'])[\s\S]*\1$/.test(letters.text) && length > 1 ? partOfLetters(letters, [1, length - 1]) : letters;
}

function laterIn({ text, starts, ends }: Letters, isCompose: boolean): readonly Span[] {
  const pattern = isCompose ? /\$(?:\{[^}]*\}?|[A-Za-z_]\w*)|\{\{[\s\S]*?\}\}/g : /\$\([^)]*\)|\{\{[\s\S]*?\}\}/g;
  return [...text.matchAll(pattern)].flatMap((match): Span[] => {
    const isEscaped = match[0].startsWith("$") && (ends[match.index] ?? 0) - (starts[match.index] ?? 0) > 1;
    return isEscaped ? [] : [[match.index, match.index + match[0].length]];
  });
}
