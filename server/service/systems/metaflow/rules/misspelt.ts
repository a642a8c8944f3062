// Keys of a manifest that stand there under another name, and keys that are missing.

import { nearest } from "../../../text/nearest.js";
import { keyText, type MapNode, type Pair, spanOf } from "../../../text/node.js";
import { basename } from "../../../text/paths.js";
import { changeTo } from "../../changes.js";
import type { Fix, Problem, Severity } from "../../problem.js";
import { asMap, asScalar, field } from "../../read.js";
import type { Manifest, Misfit, Report, Rule } from "../../system.js";
import { addKey, isBroken } from "../edits.js";
import { isOneOf, MANIFEST_KEYS, SLOTS } from "../words.js";
import { unwrap, wrappedManifest } from "../wrapped.js";
import { topFiles } from "./entrypoint.js";

export const misspeltRules: readonly Rule[] = [
  {
    code: "metaflow/misspelt-field",
    severity: "information",
    title: "a key that looks like a known one",
    host: "Every key is legal in a manifest and is handed to the plugin; a misspelt one has no effect on the page. One for name, version or entrypoint is an error, since the service refuses a manifest without; one for slot a warning, since the page never shows the plugin.",
    wrong: '{ "visable": false }',
    right: '{ "visible": false }',
    fix: "correct the key",
    documents: ["manifest"],
    check: misspelt,
  },
];

function misspelt(manifest: Manifest, report: Report): void {
  const map = asMap(manifest.root);
  if (!map) return;
  const written = new Set(map.pairs.map(keyText));
  misspeltOption(manifest, report);
  for (const pair of map.pairs) {
    const known = knownNear(pair, written);
    if (!pair.key || known === undefined) continue;
    const { severity, loss } = LOSSES[known] ?? NO_LOSS;
    report(pair.key, `${loss}"${keyText(pair)}"; did you mean "${known}"?`, {
      severity,
      fixes: changeTo(manifest, pair.key, known),
    });
  }
}

/** The page hands options on to a component that knows three, and the others do nothing. */
function misspeltOption(manifest: Manifest, report: Report): void {
  const options = asMap(field(manifest.root, "containerProps", manifest)?.value);
  const written = new Set(options?.pairs.map(keyText));
  for (const { key, name = "" } of options?.pairs.map((pair) => ({ key: pair.key, name: keyText(pair) })) ?? []) {
    const known = isOneOf(OPTIONS, name) ? undefined : nearest(name, OPTIONS).find((one) => !written.has(one));
    if (!key || known === undefined) continue;
    report(key, `the page doesn't know "${name}" in containerProps; did you mean "${known}"?`, {
      fixes: changeTo(manifest, key, known),
    });
  }
}

const OPTIONS = ["initialState", "animated", "showIcon"];

interface Loss {
  readonly severity: Severity;
  readonly loss: string;
}

/** What is lost with a key under another name. */
const NO_LOSS: Loss = { severity: "information", loss: "the page doesn't know " };
const REFUSED: Loss = { severity: "error", loss: "the service leaves the plugin out, since it doesn't know " };
const LOSSES: Readonly<Record<string, Loss>> = {
  name: REFUSED,
  version: REFUSED,
  entrypoint: REFUSED,
  slot: { severity: "warning", loss: "the page never shows the plugin, since it doesn't know " },
};

/** Whether a key of the map is told as a misspelt `known`: then nothing more is said of its absence. */
export function misspeltFor(map: MapNode, known: string): boolean {
  const written = new Set(map.pairs.map(keyText));
  return map.pairs.some((pair) => knownNear(pair, written) === known);
}

/** A key that is missing because it is misspelt is told where it stands; a manifest that stands under one key is told once. */
export function refineMissing(manifest: Manifest, { name = "", problem }: Misfit): Problem | undefined {
  const map = asMap(manifest.root);
  const wrapped = map && wrappedManifest(map);
  if (!wrapped) return map && misspeltFor(map, name) ? undefined : { ...problem, fixes: additions(manifest, name) };
  if (name !== "name") return undefined;
  const message = `the service looks for "name", "version" and "entrypoint" at the top, not in "${wrapped.name}", and leaves the plugin out; take them out of it`;
  return { ...problem, span: spanOf(wrapped.key), message, fixes: unwrap(manifest, wrapped) };
}

/** What the folder tells of a missing key. */
function additions(manifest: Manifest, name: string): readonly Fix[] {
  const map = asMap(manifest.root);
  if (!map || isBroken(manifest)) return [];
  return likely(manifest, name).map((value) => ({
    title: `Add "${name}": "${value}"`,
    edits: [addKey(manifest, map, name, JSON.stringify(value))],
  }));
}

function likely(manifest: Manifest, name: string): readonly string[] {
  if (name === "version") return ["1.0.0"];
  if (name === "name") return manifest.folder === undefined ? [] : [basename(manifest.folder)];
  return (topFiles(manifest) ?? []).filter((one) => /^[^.].*\.html?$/i.test(one)).slice(0, 3);
}

/** What other formats call it, where the value is one of ours. */
function alike(name: string, value: string | undefined): string | undefined {
  if (/^(main|entry|entry[-_]point|index|page|html|src|url)$/i.test(name) && /\.html?$/i.test(value ?? ""))
    return "entrypoint";
  return /^(position|placement|location|area|place|target)$/i.test(name) && isOneOf(SLOTS, value) ? "slot" : undefined;
}

function knownNear(pair: Pair, written: ReadonlySet<string | undefined>): string | undefined {
  const name = keyText(pair) ?? "";
  if (isOneOf(MANIFEST_KEYS, name)) return undefined;
  const meant = alike(name, asScalar(pair.value)?.text);
  if (meant !== undefined && !written.has(meant)) return meant;
  if (name.length < 4) return undefined;
  return nearest(name, MANIFEST_KEYS).find((known) => !written.has(known));
}
