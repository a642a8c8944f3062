// Kubernetes objects of a text: each document with kind and metadata.name, lists unfolded. What keeps kustomize from
// reading the text is told as a flaw, the first that it would stumble over.

import { deref, keyText, type MapNode, type Node, type Span, spanOf } from "../../../text/node.js";
import type { Parsed } from "../../../text/parsed.js";
import { plainValue } from "../../../text/readings.js";
import { type Id, idFrom } from "./identity.js";
import { entriesOf, isNull, itemsIn, lastPair, mapOf, READING, scalarOf } from "./reading.js";

export interface KubeObject {
  readonly id: Id;
  readonly node: MapNode;
  /** Its name, or its first key. */
  readonly span: Span;
}

export interface Flaw {
  readonly code: "resource-not-yaml" | "resource-not-object";
  /** What is wrong, as a clause: `it has no metadata.name`. */
  readonly why: string;
  readonly span: Span;
  /** A key that stands twice. */
  readonly isTwin?: true;
}

export interface ObjectsRead {
  readonly objects: readonly KubeObject[];
  readonly flaws: readonly Flaw[];
  /** What kustomize finds only at the end of the build: keys that stand twice or are no text, and the like. */
  readonly late: readonly Flaw[];
  /** Whether our parser stumbled over something that kustomize's may let pass. */
  readonly unsure: boolean;
}

export function objectsOf(parsed: Parsed): ObjectsRead {
  const known = READ.get(parsed);
  if (known) return known;
  const read = readObjects(parsed);
  READ.set(parsed, read);
  return read;
}

const READ = new WeakMap<Parsed, ObjectsRead>();

function readObjects({ tree, text }: Parsed): ObjectsRead {
  const objects: KubeObject[] = [];
  const flaws: Flaw[] = [];
  const unsure = tree.problems.some(isLenient) && isBalanced(text);
  const [syntax] = tree.problems;
  if (unsure) return { objects, flaws, late: [], unsure };
  const unread = unreadable(text);
  if (unread) flaws.push(unread);
  if (syntax) flaws.push({ code: "resource-not-yaml", why: syntax.message, span: syntax.span });
  const late: Flaw[] = [];
  for (const { root } of tree.documents) {
    if (!root || isNull(root)) continue;
    for (const kept of keptOf(root)) late.push(...lateFlaws(kept));
    unfold(root, objects, flaws);
  }
  return { objects, flaws, late, unsure };
}

/** What kustomize's reader refuses before it parses: control characters, and a directive at the head of a file. */
function unreadable(text: string): Flaw | undefined {
  const control = CONTROL.exec(text);
  if (control) {
    const why = `it holds the control character ${codeOf(control[0])}`;
    return { code: "resource-not-yaml", why, span: [control.index, control.index + 1] };
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

/** What the parser of kustomize lets pass where ours is stricter. */
const LENIENT = /must be sufficiently indented$|flow-(map|seq)-end token|comment.*separated|indented with tabs/i;
const isLenient = ({ message }: { readonly message: string }): boolean =>
  LENIENT.test(message) || /^missing closing .quote/i.test(message);

function isBalanced(text: string): boolean {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  return count(/[{[]/g) === count(/[}\]]/g) && count(/"/g) % 2 === 0 && count(/'/g) % 2 === 0;
}

function unfold(node: Node, objects: KubeObject[], flaws: Flaw[]): void {
  const map = mapOf(node);
  if (!map) {
    flaws.push(flaw(`a document is a ${node.kind === "list" ? "list" : "plain value"}, not an object`, node));
    return;
  }
  const kind = plain(map, "kind");
  if (kind === "") {
    flaws.push(flaw('it has no "kind"', map));
    return;
  }
  const items = kind.endsWith("List") ? exact(map, "items") : undefined;
  if (kind.endsWith("List")) {
    const list = itemsIn(items);
    if (items && !list && !isNull(items)) flaws.push(flaw(`"items" of a ${kind} is no list`, items));
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
  objects.push({ id, node: map, span: nameNode ? spanOf(nameNode) : firstKey(map) });
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

/** What is written in the end: of a list its items, the object itself of everything else. */
function keptOf(root: Node): readonly Node[] {
  const items = plain(root, "kind").endsWith("List") ? itemsIn(exact(root, "items")) : undefined;
  return items ? items.flatMap((item) => (item ? keptOf(item) : [])) : [root];
}

/** What kustomize stumbles over at the output; a key that stands twice is told apart, as merging may do away with it. */
function* lateFlaws(root: Node): Iterable<Flaw> {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const odd = oddValue(node);
    if (odd) yield odd;
    const target = node.kind === "alias" ? undefined : deref(node);
    if (target?.kind === "list") for (const item of target.items) item && open.push(item);
    if (target?.kind !== "map") continue;
    const seen = new Set<string>();
    for (const pair of target.pairs) {
      const key = keyText(pair);
      if (pair.key && key === undefined)
        yield { code: "resource-not-yaml", why: "a map or list stands where a key belongs", span: spanOf(pair.key) };
      if (pair.key?.kind === "scalar" && pair.key.style === "plain" && !isTextKey(pair.key.text))
        yield {
          code: "resource-not-yaml",
          why: `the key ${pair.key.text} is no text, put it in quotes`,
          span: spanOf(pair.key),
        };
      if (key !== undefined && seen.has(key) && pair.key) {
        const why = `the key "${key}" stands twice in one map`;
        yield { code: "resource-not-yaml", why, span: spanOf(pair.key), isTwin: true };
      }
      if (key !== undefined) seen.add(key);
      if (pair.value) open.push(pair.value);
    }
  }
}

/** Keys that kustomize reads as text; numbers, dates, true and false are none. */
function isTextKey(text: string): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const core = plainValue(text, "yaml-1.2");
  return core !== null && typeof core !== "boolean" && typeof plainValue(text, READING.dialect) !== "number";
}

function oddValue(node: Node): Flaw | undefined {
  if (node.kind === "alias" && !node.target)
    return { code: "resource-not-yaml", why: `there is no anchor "${node.name}" before this`, span: spanOf(node) };
  if (node.kind === "scalar" && node.style === "plain" && /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(node.text))
    return { code: "resource-not-yaml", why: `${node.text} can't be written as JSON`, span: spanOf(node) };
  return undefined;
}

export function exactLabels(node: MapNode): {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
} {
  const metadata = exact(node, "metadata");
  return { labels: stringsIn(metadata, "labels"), annotations: stringsIn(metadata, "annotations") };
}
