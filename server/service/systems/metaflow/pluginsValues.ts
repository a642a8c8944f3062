// The PLUGINS values of any file that may hold one, for whoever reads or changes entries: a JSON file is one as a whole, other
// files hold them in their own quoting. Asked for by name, so a value that says little of itself counts as well.

import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { parseEmbedded } from "../../embedded/embedding.js";
import { setsVariables } from "../../embedded/variables.js";
import { keyText, type Pair } from "../../text/node.js";
import { type Parsed, parse } from "../../text/parsed.js";
import { asMap, asScalar } from "../read.js";
import { byCount, listed } from "../sentence.js";
import { pluginsIn } from "./carriers.js";
import { isGitAddress } from "./gitAddress.js";

export interface PluginsValue {
  /** Line of the file on which it begins, from 1. */
  readonly line: number;
  /** The JSON text as the service would get it. */
  readonly text: string;
  /** Parts that another program fills in later, such as `${TOKEN}`. */
  readonly later: readonly string[];
  /** Why no entry can be read or written there; undefined when it is an object. */
  readonly problem?: string;
  /** Identifiers in their order. */
  readonly identifiers: readonly string[];
  /** Whether it stands inside a file of another kind. */
  readonly isInside: boolean;
}

/** A value together with the tree that edits are made on. */
export interface ReadValue extends PluginsValue {
  readonly parsed: Parsed;
}

/** Whether a file of this name can hold a PLUGINS value. */
export const mayHoldPlugins = (path: string): boolean => /\.json$/i.test(path) || setsVariables(path);

export function pluginsValuesIn(path: string, text: string): readonly PluginsValue[] {
  return readValues(path, text).map(({ parsed: _, ...value }) => value);
}

export function readValues(path: string, text: string): readonly ReadValue[] {
  if (!mayHoldPlugins(path)) return [];
  const isJson = /\.json$/i.test(path);
  const outer = parse(TextDocument.create(URI.file(path).toString(), isJson ? "json" : "yaml", 0, text));
  if (isJson && text.trim() === "") return [];
  const inside = pluginsIn(outer);
  if (isJson && inside.length === 0) return isWhole(path, outer) ? [read(outer, 1, [])] : [];
  return inside.map((found) => {
    const parsed = parseEmbedded(outer, found);
    const line = outer.document.positionAt(parsed.embedding?.span[0] ?? 0).line + 1;
    return read(
      parsed,
      line,
      found.later.map(([start, end]) => found.letters.text.slice(start, end)),
    );
  });
}

/** A JSON file without the variable is a value itself by its name, or where it holds nothing but entries. */
function isWhole(path: string, { tree }: Parsed): boolean {
  if (/(^|[./])plugins\.json$/i.test(path)) return true;
  const isEntry = ({ value }: Pair) => asMap(value) !== undefined || isGitAddress(asScalar(value)?.text ?? "");
  return asMap(tree.documents[0]?.root)?.pairs.every(isEntry) ?? tree.problems.length > 0;
}

function read(parsed: Parsed, line: number, later: readonly string[]): ReadValue {
  const { text } = parsed;
  const map = asMap(parsed.tree.documents[0]?.root);
  const identifiers = (map?.pairs ?? []).flatMap((pair) => keyText(pair) ?? []);
  const problem = problemOf(parsed, map !== undefined, later);
  return {
    parsed,
    line,
    text,
    later,
    identifiers,
    isInside: parsed.embedding !== undefined,
    ...(problem !== undefined && { problem }),
  };
}

function problemOf({ text, tree, embedding }: Parsed, isMap: boolean, later: readonly string[]): string | undefined {
  if (embedding?.garbled) return `${embedding.garbled.said}; ${embedding.garbled.next}`;
  if (text.trim() === "") return undefined;
  const [first] = tree.problems;
  if (first !== undefined && later.length > 0)
    return `the value is known only once ${listed(later)} ${byCount(later, "is", "are")} filled in`;
  if (first !== undefined) return `the value is not JSON: ${first.message}`;
  return isMap ? undefined : "the value is no JSON object";
}
