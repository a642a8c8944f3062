// Kubernetes objects of a text: each document with kind and metadata.name, lists unfolded. What keeps kustomize from
// reading the text is told as a flaw, the first that it would stumble over.

import { deref, keyText, type MapNode, type Node, type Span, spanOf } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import { plainValue } from "../../../text/readings.js";
import { remember } from "../../../text/remember.js";
import { withArticle } from "../../sentence.js";
import { type Id, idFrom } from "./identity.js";
import { entriesOf, isNull, itemsIn, lastPair, mapOf, READING, scalarOf } from "./reading.js";

export interface KubeObject {
  readonly id: Id;
  readonly node: MapNode;
  /** Its name, or its first key. */
  readonly span: Span;
  /** What the output would stumble over: keys that stand twice or are no text, and the like. */
  readonly late: readonly LateFlaw[];
}

export interface Flaw {
  readonly code: "resource-not-yaml" | "resource-not-object";
  /** What is wrong, as a clause: `it has no metadata.name`. */
  readonly why: string;
  readonly span: Span;
}

/** Found only at the output, so that a patch may do away with it before. */
export interface LateFlaw extends Flaw {
  /** Keys that lead to the place, "[]" for any item of a list. */
  readonly at: readonly string[];
  /** A key that stands twice. */
  readonly isTwin?: true;
  /** Of such a key: whether it has no value where it stands first. */
  readonly firstIsEmpty?: true;
}

export interface ObjectsRead {
  readonly objects: readonly KubeObject[];
  readonly flaws: readonly Flaw[];
  /** Those of all objects. */
  readonly late: readonly LateFlaw[];
}

export const objectsOf = remember(({ tree, text }: Parsed): ObjectsRead => {
  const objects: KubeObject[] = [];
  const flaws: Flaw[] = [];
  const [syntax] = tree.problems;
  const unread = unreadable(text);
  if (unread) flaws.push(unread);
  if (syntax) flaws.push({ code: "resource-not-yaml", why: syntax.message, span: syntax.span });
  for (const { root } of tree.documents) {
    if (!root || isNull(root) || isEmpty(root)) continue;
    const lost = lostAlias(root);
    if (lost) flaws.push(lost);
    unfold(root, objects, flaws);
  }
  return { objects, flaws, late: objects.flatMap(({ late }) => late) };
});

/** `{}` and `[]`, which kustomize passes over in resource files as it does nothing at all. */
export const isEmpty = (node: Node): boolean => (mapOf(node)?.pairs ?? itemsIn(node))?.length === 0;

/** What kustomize's reader refuses before it parses: control characters, and a directive at the head of a file. */
function unreadable(text: string): Flaw | undefined {
  const control = CONTROL.exec(text);
  if (control) {
    const why = `it holds the control character ${codeOf(control[0])}`;
    return { code: "resource-not-yaml", why, span: [control.index, control.index + 1] };
  }
  const separator = /\n(---(?![^\S\n]*(?:#.*)?\n)[^\n]*)\n/.exec(text);
  if (separator?.[1] !== undefined) {
    const at = separator.index + 1;
    const why = `"${separator[1].trim()}" is no line between documents; write "---" alone`;
    return { code: "resource-not-yaml", why, span: [at, at + separator[1].trimEnd().length] };
  }
  const directive = /^\uFEFF?(%(?:YAML|TAG)[ \t][^\r\n]*)/.exec(text)?.[1];
  const start = text.indexOf("%");
  return directive
    ? {
        code: "resource-not-yaml",
        why: `it begins with the directive ${directive}`,
        span: [start, start + directive.length],
      }
    : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
export const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/;

/** `U+0007` */
export const codeOf = (letter: string): string =>
  `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

function unfold(node: Node, objects: KubeObject[], flaws: Flaw[]): void {
  const map = mapOf(node);
  if (!map) {
    flaws.push(flaw(`a document is a ${node.kind === "list" ? "list" : "plain value"}, not an object`, node));
    return;
  }
  const kind = plain(map, "kind");
  const empty =
    emptyTwin(map, "kind") ?? emptyTwin(map, "metadata") ?? emptyTwin(mapOf(exact(map, "metadata")), "name");
  if (empty) {
    flaws.push(empty);
    return;
  }
  if (kind === "") {
    flaws.push(flaw('it has no "kind"', map));
    return;
  }
  const items = kind.endsWith("List") ? exact(map, "items") : undefined;
  if (kind.endsWith("List")) {
    const list = itemsIn(items);
    // Of a plain List kustomize leaves out what is no list, unless it is a map with something in it.
    if (items && !list) {
      const isPassedOver = kind === "List" && (scalarOf(items) || mapOf(items)?.pairs.length === 0);
      if (!isNull(items) && !isPassedOver) flaws.push(flaw(`"items" of ${withArticle(kind)} is no list`, items));
      return;
    }
    if (list) {
      for (const item of list) if (item) unfold(item, objects, flaws);
      return;
    }
  }
  const metadata = exact(map, "metadata");
  const name = plain(metadata, "name");
  if (name === "" && !kind.endsWith("List")) {
    const key = map.pairs.find((pair) => keyText(pair) === "metadata")?.key;
    flaws.push({ ...flaw(`this ${kind} has no "metadata.name"`, map), ...(key && { span: spanOf(key) }) });
    return;
  }
  const nameNode = exact(metadata, "name");
  const id = idFrom(plain(map, "apiVersion"), kind, name, plain(metadata, "namespace"));
  const span = nameNode ? spanOf(nameNode) : firstKey(map);
  objects.push({ id, node: map, span, late: [...lateFlaws(map)] });
}

/** Of a key that stands twice the first counts for the identity, also when it has no value. */
function emptyTwin(map: MapNode | undefined, name: string): Flaw | undefined {
  const [first, second] = map?.pairs.filter((pair) => keyText(pair) === name) ?? [];
  if (!first?.key || !second || !isNull(first.value)) return undefined;
  const why = `"${name}" stands twice, and where it stands first it has no value`;
  return { code: "resource-not-object", why, span: spanOf(first.key) };
}

function flaw(why: string, node: Node): Flaw {
  return {
    code: "resource-not-object",
    why,
    span: node.kind === "map" ? firstKey(node) : [node.start, node.start + 1],
  };
}

const firstKey = (map: MapNode): Span => {
  const key = map.pairs[0]?.key;
  return key ? spanOf(key) : [map.start, map.start + 1];
};

/** A field by its exact name: objects, unlike kustomizations, are matched with case. */
export function exact(node: Node | undefined, name: string): Node | undefined {
  const map = mapOf(node);
  return map && lastPair(map, (key) => key === name)?.value;
}

/** The text of a scalar as written; "" for null and for anything else. */
export function plain(node: Node | undefined, name: string): string {
  const scalar = scalarOf(exact(node, name));
  return scalar && !isNull(scalar) ? scalar.text : "";
}

/** A map of strings, as labels are. */
function stringsIn(node: Node | undefined, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(exact(node, name)).flatMap(({ key, pair }) => {
      const scalar = scalarOf(pair.value);
      return scalar ? [[key, scalar.text]] : [];
    }),
  );
}

function lostAlias(root: Node): Flaw | undefined {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === "alias" && !node.target)
      return { code: "resource-not-yaml", why: `there is no anchor "${node.name}" before this`, span: spanOf(node) };
    if (node.kind === "list") for (const item of node.items) item && open.push(item);
    if (node.kind === "map") for (const { value } of node.pairs) value && open.push(value);
  }
  return undefined;
}

/** A node with the keys that lead to it, the last first. */
interface Within {
  readonly node: Node;
  readonly key: string;
  readonly up: Within | undefined;
}

/** What kustomize stumbles over at the output; a key that stands twice is told apart, as merging may do away with it. */
function* lateFlaws(root: Node): Iterable<LateFlaw> {
  const open: Within[] = [{ node: root, key: "", up: undefined }];
  for (let one = open.pop(); one; one = open.pop()) {
    const up = one;
    const odd = oddValue(up.node);
    if (odd) yield { ...odd, at: keysTo(up) };
    const target = up.node.kind === "alias" ? undefined : deref(up.node);
    if (target?.kind === "list") for (const node of target.items) node && open.push({ node, key: "[]", up });
    if (target?.kind !== "map") continue;
    const seen = new Map<string, Node | undefined>();
    for (const pair of target.pairs) {
      const key = keyText(pair);
      if (pair.key && key === undefined)
        yield {
          code: NOT_YAML,
          why: "a map or list stands where a key belongs",
          span: spanOf(pair.key),
          at: keysTo(up),
        };
      if (pair.key?.kind === "scalar" && pair.key.style === "plain" && !isTextKey(pair.key.text)) {
        const why = `the key ${pair.key.text} is no text, put it in quotes`;
        yield { code: NOT_YAML, why, span: spanOf(pair.key), at: [...keysTo(up), pair.key.text] };
      }
      if (key !== undefined && pair.key && seen.has(key)) {
        const why = `the key "${key}" stands twice in one map`;
        const twin = { code: NOT_YAML, why, span: spanOf(pair.key), at: [...keysTo(up), key], isTwin: true } as const;
        yield isNull(seen.get(key)) ? { ...twin, firstIsEmpty: true } : twin;
      } else if (key !== undefined) seen.set(key, pair.value);
      if (pair.value) open.push({ node: pair.value, key: key ?? "", up });
    }
  }
}

function keysTo(within: Within): readonly string[] {
  const keys: string[] = [];
  for (let one: Within | undefined = within; one?.up; one = one.up) keys.unshift(one.key);
  return keys;
}

const NOT_YAML = "resource-not-yaml";

/** Keys that kustomize reads as text; numbers, dates, true and false are none. */
function isTextKey(text: string): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const core = plainValue(text, "yaml-1.2");
  return core !== null && typeof core !== "boolean" && typeof plainValue(text, READING.dialect) !== "number";
}

function oddValue(node: Node): Flaw | undefined {
  if (node.kind === "scalar" && node.style === "plain" && /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(node.text))
    return { code: NOT_YAML, why: `${node.text} can't be written as JSON`, span: spanOf(node) };
  return undefined;
}

export function exactLabels(node: MapNode): {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
} {
  const metadata = exact(node, "metadata");
  return { labels: stringsIn(metadata, "labels"), annotations: stringsIn(metadata, "annotations") };
}
