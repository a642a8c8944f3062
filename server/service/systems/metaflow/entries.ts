// The entries of a PLUGINS value as the service takes them, with the nodes they came from. The key `auth` is no entry
// unless a text stands there.

import { keyText, type MapNode, type Node, type Pair } from "../../text/node.js";
import { fieldsOf } from "../../text/reading.js";
import { remember } from "../../text/remember.js";
import { asMap, asString, asValue, field, itemsOf } from "../read.js";
import type { DocumentKind, Manifest } from "../system.js";
import { meantBy } from "./misnamed.js";

export interface Entry {
  readonly identifier: string;
  readonly pair: Pair;
  /** The address, where one is written as text and isn't empty. */
  readonly repository: string | undefined;
  /** Node of the address. */
  readonly address: Node | undefined;
  /** No `repository`, or null or "" in it: the folder has to be there already. */
  readonly isLocal: boolean;
  readonly ref: Pair | undefined;
  readonly parameters: Node | undefined;
  /** Items of `paths` that are text. */
  readonly paths: readonly { readonly node: Node; readonly path: string }[];
  readonly auth: Pair | undefined;
  /** Keys that aren't there and that others, which the service ignores, are written for: `branch` for `ref`. */
  readonly misnamed: ReadonlySet<string>;
}

/** Every entry that the service reads, the last of repeated identifiers. */
export const entriesOf = remember((manifest: Manifest): readonly Entry[] => {
  const map = asMap(manifest.root);
  if (!map) return [];
  const read = entryReader(manifest.kind);
  return [...fieldsOf(map, manifest.kind.reading).values()].flatMap((pair) => read(pair) ?? []);
});

/** An entry stays what it is while others are edited. */
const entryReader = remember((kind: DocumentKind) => remember((pair: Pair) => entryOf(pair, { kind })));

function entryOf(pair: Pair, manifest: Pick<Manifest, "kind">): Entry | undefined {
  const identifier = keyText(pair);
  if (identifier === undefined || !pair.value) return undefined;
  const text = asString(pair.value, manifest);
  if (text === undefined && (identifier === "auth" || !asMap(pair.value))) return undefined;
  const map = asMap(pair.value);
  const inner = (name: string) => field(map, name, manifest);
  const address = text === undefined ? inner("repository")?.value : pair.value;
  const repository = text ?? asString(address, manifest);
  return {
    identifier,
    pair,
    repository: repository === "" ? undefined : repository,
    address,
    isLocal: address === undefined || repository === "" || asValue(address, manifest) === null,
    ref: inner("ref"),
    parameters: inner("parameters")?.value,
    paths: itemsOf(inner("paths")?.value).flatMap((node) => {
      const path = asString(node, manifest);
      return path === undefined ? [] : [{ node, path }];
    }),
    auth: inner("auth"),
    misnamed: map ? misnamedIn(map, inner) : NONE,
  };
}

function misnamedIn(map: MapNode, inner: (name: string) => Pair | undefined): ReadonlySet<string> {
  const meant = map.pairs.flatMap((one) => meantBy(keyText(one) ?? "") ?? []).filter((name) => !inner(name));
  return meant.length > 0 ? new Set(meant) : NONE;
}

const NONE: ReadonlySet<string> = new Set();
