// Adds, changes or removes one entry of a PLUGINS value in the text of the file that holds it. Quoting, order, comments and
// everything else of the file stay as they are. Pure: text in, text out; nothing is written.

import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { formOf } from "../../embedded/variables.js";
import { keyText, type MapNode, type Pair, spanOf } from "../../text/node.js";
import { rangeOf, writtenIn } from "../../text/parsed.js";
import { basename } from "../../text/paths.js";
import type { TextChange } from "../problem.js";
import { asMap, asScalar } from "../read.js";
import { isPlainIdentifier } from "./folders.js";
import { addPairs, layoutOf, removePair, renderJson } from "./jsonEdits.js";
import { mayHoldPlugins, type ReadValue, readValues } from "./pluginsValues.js";
import { assignment } from "./valueForms.js";

/** What an entry may say. `auth` null keeps the common credentials away from it. */
export interface EntryFields {
  readonly repository?: string;
  readonly ref?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly paths?: readonly string[];
  readonly auth?: Readonly<Record<string, unknown>> | null;
}

export type EntryField = keyof EntryFields;

export interface EntrySetting {
  readonly kind: "set";
  readonly identifier: string;
  /** Fields that get these values; others of an entry that is there stay. */
  readonly fields: EntryFields;
  readonly unset?: readonly EntryField[];
}

export type EntryChange = EntrySetting | { readonly kind: "remove"; readonly identifier: string };

export type Edited =
  | { readonly done: true; readonly text: string; readonly added: boolean }
  | { readonly done: false; readonly reason: string; readonly next: string };

/** `line`: which value is meant, where the file has several. */
export function editEntry(path: string, text: string, change: EntryChange, line?: number): Edited {
  const { identifier } = change;
  if (change.kind === "set" && (identifier === "auth" || !isPlainIdentifier(identifier)))
    return no(`"${identifier}" can't be the name of an entry`, "name it after its folder: one name without . and ..");
  if (!mayHoldPlugins(path))
    return no(
      `a PLUGINS value is not looked for in ${basename(path)}`,
      "name a JSON, .env, YAML or shell file, or a Dockerfile",
    );
  const values = readValues(path, text);
  const [first] = values;
  if (first === undefined) return change.kind === "remove" ? unchanged(text) : begun(path, text, change);
  const meant = line === undefined ? values : values.filter((value) => value.line === line);
  const holding = meant.filter((value) => value.identifiers.includes(identifier));
  const [value, another] = holding.length > 0 ? holding : meant;
  if (value === undefined) return no(`no PLUGINS value begins on line ${line}`, `choose line ${linesOf(values)}`);
  if (another !== undefined)
    return no(`${basename(path)} has several PLUGINS values`, `say which by its line: ${linesOf(values)}`);
  if (value.problem !== undefined) return no(`${basename(path)}:${value.line}: ${value.problem}`, "correct it first");
  const edited = applied(path, text, value, changeOf(value, change));
  return { done: true, text: afterwards(path, edited, change, value), added: holding.length === 0 };
}

/** Fields and repeated keys go one by one: what stands beside them decides about commas. */
function afterwards(path: string, text: string, change: EntryChange, { line, identifiers }: ReadValue): string {
  const again = (edited: string, changes: (value: ReadValue) => readonly TextChange[]): string => {
    const value = readValues(path, edited).find((one) => one.line === line);
    return value === undefined ? edited : applied(path, edited, value, changes(value));
  };
  const { identifier } = change;
  if (change.kind === "set")
    return (change.unset ?? []).reduce(
      (edited, field) => again(edited, (value) => withoutField(value, identifier, field)),
      text,
    );
  const repeated = identifiers.filter((one) => one === identifier).slice(1);
  return repeated.reduce((edited) => again(edited, (value) => changeOf(value, change)), text);
}

function changeOf({ parsed }: ReadValue, change: EntryChange): readonly TextChange[] {
  const map = asMap(parsed.tree.documents[0]?.root);
  if (map === undefined) {
    const whole = change.kind === "set" ? renderJson({ [change.identifier]: ordered(change.fields) }) : "{}";
    return [{ span: [0, parsed.text.length], newText: whole }];
  }
  const pair = pairOf(map, change.identifier);
  if (change.kind === "remove") return pair === undefined ? [] : [removePair(map, pair)];
  if (pair?.value === undefined) return [addPairs(parsed.text, map, [[change.identifier, ordered(change.fields)]])];
  const entry = asMap(pair.value);
  if (entry !== undefined) return fieldChanges(parsed.text, entry, change);
  const text = asScalar(pair.value);
  const repository = text?.style === "double" && text.text !== "" ? { repository: text.text } : {};
  const made = ordered({ ...repository, ...change.fields });
  // An address alone stays an address alone.
  const short = Object.keys(made).length === 1 && text?.style === "double" ? made.repository : undefined;
  return [{ span: spanOf(pair.value), newText: renderJson(short ?? made, layoutOf(parsed.text, map)) }];
}

function fieldChanges(text: string, entry: MapNode, { fields }: EntrySetting): readonly TextChange[] {
  const wanted = Object.entries(ordered(fields));
  const changed = wanted.flatMap(([key, value]): TextChange[] => {
    const node = pairOf(entry, key)?.value;
    if (node === undefined || isSame(text.slice(node.start, node.end), value)) return [];
    return [{ span: spanOf(node), newText: renderJson(value, layoutOf(text, entry)) }];
  });
  const added = wanted.filter(([key]) => pairOf(entry, key)?.value === undefined);
  return added.length === 0 ? changed : [...changed, addPairs(text, entry, added)];
}

/** One field of an entry that goes. */
function withoutField({ parsed }: ReadValue, identifier: string, field: EntryField): readonly TextChange[] {
  const map = asMap(parsed.tree.documents[0]?.root);
  const entry = asMap(map && pairOf(map, identifier)?.value);
  const pair = entry && pairOf(entry, field);
  return entry && pair ? [removePair(entry, pair)] : [];
}

/** Of a repeated key the service takes the last. */
const pairOf = (map: MapNode, key: string): Pair | undefined => map.pairs.findLast((one) => keyText(one) === key);

/** The edits as the outer file writes them. */
function applied(path: string, text: string, { parsed }: ReadValue, changes: readonly TextChange[]): string {
  const outer = TextDocument.create(URI.file(path).toString(), "plaintext", 0, text);
  const edits = changes.map(({ span, newText }) => ({
    range: rangeOf(parsed, span),
    newText: writtenIn(parsed, newText),
  }));
  return TextDocument.applyEdits(outer, edits);
}

/** A first value in a file that has none, where the file's form leaves no doubt of the place. */
function begun(path: string, text: string, change: EntrySetting): Edited {
  const value = { [change.identifier]: ordered(change.fields) };
  if (/\.json$/i.test(path) && text.trim() === "")
    return { done: true, added: true, text: `${JSON.stringify(value, undefined, 2)}\n` };
  const form = formOf(path);
  if (form === undefined || form === "yaml" || form === "json") {
    return no(
      `${basename(path)} has no PLUGINS value yet`,
      "add the variable PLUGINS with the value '{}' to the service's environment there, then add the entry",
    );
  }
  const eol = /^[^\n]*\r\n/.test(text) ? "\r\n" : "\n";
  const before = text === "" || text.endsWith("\n") ? text : `${text}${eol}`;
  return {
    done: true,
    added: true,
    text: `${before}${assignment(form === "properties" ? "dotenv" : form, renderJson(value))}${eol}`,
  };
}

const FIELDS: readonly EntryField[] = ["repository", "ref", "parameters", "paths", "auth"];

function ordered(fields: Readonly<Record<string, unknown>> | EntryFields): Readonly<Record<string, unknown>> {
  const known: Readonly<Record<string, unknown>> = { ...fields };
  return Object.fromEntries(FIELDS.flatMap((key) => (known[key] === undefined ? [] : [[key, known[key]]])));
}

function isSame(json: string, value: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(json)) === JSON.stringify(value);
  } catch {
    return false;
  }
}

const linesOf = (values: readonly ReadValue[]): string => values.map(({ line }) => line).join(", ");
const unchanged = (text: string): Edited => ({ done: true, text, added: false });
const no = (reason: string, next: string): Edited => ({ done: false, reason, next });
