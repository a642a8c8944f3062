// Edits that take a secret out of a manifest: the value goes to .env beside it, which is never packed, and what is left says
// from which variable the host's process takes it. Nothing is offered where .env can't be looked at or has the name already.

import { columnOf } from "../../text/columns.js";
import { lineAt } from "../../text/lines.js";
import { keyText, type Pair, type ScalarNode, type Span } from "../../text/node.js";
import type { FileChange, Fix, TextChange } from "../problem.js";
import { asMap, asString, field } from "../read.js";
import type { Manifest } from "../system.js";
import { topField, topText } from "./tree.js";

/** A field of the plugin's own configuration: described in `config`, so that forms and readers know the variable. */
export function describedFix(manifest: Manifest, pair: Pair, value: string): readonly Fix[] {
  const { parsed } = manifest;
  const key = keyText(pair) ?? "";
  const isPlain = parsed.syntax === "yaml" && asMap(manifest.root)?.flow === false && /^[A-Za-z][\w-]*$/.test(key);
  if (!isPlain || pair.value?.kind !== "scalar") return [];
  const known = knownVariable(manifest, key);
  const name = known ?? variableOf(manifest, key);
  const kept = keptIn(manifest, name, value);
  if (!kept || !pair.key) return [];
  if (known !== undefined) {
    const gone = linesOf(manifest, pair, pair.value.end);
    const edits = gone && [gone, ...kept.edits];
    return edits ? [{ title: `Move the value to .env, as ${name} that config reads`, ...kept, edits }] : [];
  }
  const setting = [`${key}:`, "  type: password", `  label: ${labelOf(key)}`, `  env: ${name}`];
  const edits = described(manifest, pair, [pair.key.start, pair.value.end], setting);
  const title = `Move the value to .env and describe "${key}" in config, read from ${name}`;
  return edits ? [{ title, ...kept, edits: [...edits, ...kept.edits] }] : [];
}

/** The variable from which `config` says that this setting is read. */
function knownVariable(manifest: Manifest, key: string): string | undefined {
  const setting = field(topField(manifest, "config")?.value, key, manifest)?.value;
  const name = asString(field(setting, "env", manifest)?.value, manifest);
  return name !== undefined && /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}

/** The setting in place of the field, or behind the settings that are described already. */
function described(
  manifest: Manifest,
  pair: Pair,
  [start, end]: Span,
  setting: readonly string[],
): readonly TextChange[] | undefined {
  const config = topField(manifest, "config");
  const { text } = manifest.parsed;
  if (!config) return [{ span: [start, end], newText: ["config:", ...setting.map((one) => `  ${one}`)].join("\n") }];
  const map = config.value?.kind === "map" && !config.value.flow ? config.value : undefined;
  const last = map?.pairs.at(-1);
  const gone = linesOf(manifest, pair, end);
  if (!map || !last || !gone || map.pairs.some((one) => keyText(one) === keyText(pair))) return undefined;
  const indent = " ".repeat(columnOf(text, map.start));
  const [, behind] = lineAt(text, text.slice(0, last.end).trimEnd().length);
  return [gone, { span: [behind, behind], newText: setting.map((one) => `\n${indent}${one}`).join("") }];
}

/** A variable of the page's worker: `.env` beside the manifest sets it just as `env` does. */
export function movedFix(manifest: Manifest, env: Pair, pair: Pair, value: ScalarNode, text: string): readonly Fix[] {
  const name = keyText(pair) ?? "";
  const map = asMap(env.value);
  const isPlain = manifest.parsed.syntax === "yaml" && env.value?.kind === "map" && map?.flow === false;
  if (!isPlain || !/^[A-Za-z_]\w*$/.test(name) || pair.value !== value) return [];
  const gone = linesOf(manifest, map.pairs.length === 1 ? env : pair, value.end);
  const kept = gone && keptIn(manifest, name, text);
  return kept ? [{ title: `Move "${name}" to .env`, ...kept, edits: [gone, ...kept.edits] }] : [];
}

/** From the line of the pair to that of its value's end, where nothing else stands on them. */
function linesOf({ parsed }: Manifest, pair: Pair, valueEnd: number): TextChange | undefined {
  const { text } = parsed;
  const start = text.lastIndexOf("\n", pair.start - 1) + 1;
  const newline = text.indexOf("\n", valueEnd);
  const end = newline < 0 ? text.length : newline + 1;
  const isAlone = text.slice(start, pair.start).trim() === "" && /^[ \t\r]*(#.*)?\n?$/.test(text.slice(valueEnd, end));
  return isAlone ? { span: [start, end], newText: "" } : undefined;
}

interface Kept {
  readonly edits: readonly TextChange[];
  readonly files?: readonly FileChange[];
}

function keptIn({ folder, workspace }: Manifest, name: string, value: string): Kept | undefined {
  const written = /^[\w.+/=:@~-]+$/.test(value) ? value : /^[^"\\$`\r\n]+$/.test(value) ? `"${value}"` : undefined;
  if (folder === undefined || written === undefined) return undefined;
  const path = `${folder}/.env`;
  const line = `${name}=${written}\n`;
  if (workspace.files.kind(path) === "none") return { edits: [], files: [{ create: path, text: line }] };
  const text = workspace.files.read(path);
  if (text === undefined || new RegExp(`^\\s*(export\\s+)?${name}\\s*=`, "m").test(text)) return undefined;
  const before = text === "" || text.endsWith("\n") ? "" : "\n";
  return { edits: [{ path, span: [text.length, text.length], newText: before + line }] };
}

/** `clientSecret` of "@example/plugin-notes" is NOTES_CLIENT_SECRET, as the project's own plugins name theirs. */
function variableOf(manifest: Manifest, key: string): string {
  const short = (topText(manifest, "name") ?? "").replace(/^.*\//, "").replace(/^plugin-/, "");
  const words = `${short}_${key}`.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return words
    .replace(/\W+/g, "_")
    .replace(/^_+|_+$/g, "")
    .replace(/^(?=\d)/, "_")
    .toUpperCase();
}

function labelOf(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
