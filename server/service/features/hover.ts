// Hover on a key: type, meaning, default, what the host does. On a value: its meaning, and what its kind knows about it.

import { type Hover, MarkupKind } from "vscode-languageserver-types";
import { kindOf } from "../kinds/index.js";
import { fieldName, walkOf } from "../schema/walk.js";
import type { Manifest } from "../systems/system.js";
import { findChain, type Step } from "../text/chain.js";
import { keyText } from "../text/node.js";
import { rangeOf } from "../text/parsed.js";
import { schemasAt } from "./complete/index.js";
import { describeType, documentationOf } from "./describe.js";

export function hover(manifest: Manifest, offset: number, docs?: string): Hover | undefined {
  const step = findChain(manifest.root, offset).at(-1);
  if (step?.node.kind !== "scalar" || step.node.start === step.node.end) return undefined;
  const text = step.role === "key" ? aboutKey(manifest, step, docs) : aboutValue(manifest, step, docs);
  if (!text) return undefined;
  const range = rangeOf(manifest.parsed, [step.node.start, step.node.end]);
  return { contents: { kind: MarkupKind.Markdown, value: text }, range };
}

function aboutKey(manifest: Manifest, step: Step, docs: string | undefined): string | undefined {
  const written = step.pair && keyText(step.pair);
  if (written === undefined) return undefined;
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  const schemas = schemasAt(manifest, walk, step.at, true);
  const parent = schemasAt(manifest, walk, step.at.slice(0, -1));
  if (schemas.length === 0) return aboutFreeKey(manifest, written, step, docs);
  const { reading } = manifest.kind;
  const name = parent.map(({ properties = {} }) => fieldName(properties, written, reading)).find(Boolean) ?? written;
  const isRequired = parent.some((one) => one.required?.includes(name));
  const documentation = documentationOf(schemas, { manifest, name, docs });
  return [`**${name}** · ${describeType(schemas, isRequired)}`, ...effect(manifest, step), documentation].join("\n\n");
}

/** What the system knows of this very key, besides what the schema says of all such keys. */
function effect(manifest: Manifest, { at }: Step): readonly string[] {
  return manifest.system.schemaAt?.(manifest, at)?.["x-effect"] ?? [];
}

/** A key that people choose themselves, such as one of a plugin's own parameters: what the map around it is for. */
function aboutFreeKey(manifest: Manifest, name: string, { at }: Step, docs: string | undefined): string | undefined {
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  for (let up = at.length - 1; up > 0; up--) {
    const schemas = schemasAt(manifest, walk, at.slice(0, up), true);
    // An item of a list goes by the list's name.
    const around = at.slice(0, up).findLast((one) => typeof one === "string");
    if (schemas.length > 0 && around !== undefined)
      return `**${name}** · in \`${around}\`\n\n${documentationOf(schemas, { manifest, name: around, docs })}`;
  }
  return undefined;
}

function aboutValue(manifest: Manifest, { node, at }: Step, docs: string | undefined): string | undefined {
  if (node.kind !== "scalar") return undefined;
  const walk = walkOf(manifest.schema, manifest.kind.reading);
  const schemas = schemasAt(manifest, walk, at);
  const parts: string[] = [];
  for (const schema of schemas) {
    const at = schema.enum?.indexOf(node.text) ?? -1;
    const meaning = schema.enumDescriptions?.[at];
    if (meaning) parts.push(`\`${node.text}\`: ${meaning}`);
  }
  for (const schema of schemas) {
    const said = kindOf(manifest, schema)?.hover?.({ manifest, schema, at, text: node.text, node });
    if (said) parts.push(said);
  }
  const name = at.findLast((one) => typeof one === "string");
  if (schemas.length > 0 && name !== undefined)
    parts.push(documentationOf(schemas, { manifest, name: String(name), docs }));
  return parts.length > 0 ? [...new Set(parts)].join("\n\n") : undefined;
}
