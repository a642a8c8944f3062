// Changes of a host's plugins.yaml: entries in, entries out, a wheel directory named. Everything else of the file stays: comments,
// order, other people's entries, line ends, the way lists are indented.
import { isDeepStrictEqual } from "node:util";
import { type Document, isAlias, isMap, isSeq, type Node, visit, YAMLMap, YAMLSeq } from "yaml";
import { HostError } from "../../hostError.js";
import { type PluginEntry, type PluginsFile, readPlugins } from "./pluginsFile.js";

export interface Merge {
  /** The file's path as messages call it. */
  readonly at: string;
  /** What the host has; empty when it has no such file. */
  readonly before: string;
}

/**
 * Puts the entries of `ours` in: those of the same class are replaced where they stand, others come last. A host without such a file
 * gets ours as it stands. `wheelPath`: what controller_wheel_path is to be.
 */
export function withEntries(merge: Merge, ours: string, wheelPath?: string): string {
  const own = documentOf(ours, "the plugin's own file");
  const before = merge.before.trim() === "" ? ours : merge.before;
  const theirs = documentOf(before, merge.at);
  const sources = isMap(own.contents) ? own.contents.get("plugins", true) : undefined;
  const items = isSeq(sources) ? sources.items.filter(isMap) : [];
  const has = factsOf(theirs);
  const wanted = factsOf(own).entries.filter((entry) => !has.entries.some((one) => isDeepStrictEqual(one, entry)));
  const sameWheels = wheelPath === undefined || has.wheelPath === wheelPath;
  if (wanted.length === 0 && sameWheels) return before;
  for (const entry of wanted) {
    const source = items.find((item) => item.get("class") === entry.className);
    put(theirs, listIn(theirs, merge.at), entry, source);
  }
  if (!sameWheels) nameWheels(theirs, wheelPath);
  return written(theirs, before);
}

/** Takes the entries of these classes out. */
export function withoutEntries(merge: Merge, classes: readonly string[]): string {
  const document = documentOf(merge.before, merge.at);
  const list = isMap(document.contents) ? document.contents.get("plugins", true) : undefined;
  if (!isSeq(list)) return merge.before;
  const left = list.items.filter((item) => !isOneOf(item, classes, document));
  if (left.length === list.items.length) return merge.before;
  list.items = left;
  // A list without items would become "plugins:" in block style, which stops the server.
  if (left.length === 0) list.flow = true;
  return written(document, merge.before);
}

function put(document: Document, list: YAMLSeq, entry: PluginEntry, source: Node | undefined): void {
  const at = list.items.findLastIndex((item) => isOneOf(item, [entry.className], document));
  const there = list.items[at];
  if (at < 0) {
    list.flow = false;
    list.items.push(copyOf(document, entry, source));
    return;
  }
  if (!isMap(there)) return;
  const copy = copyOf(document, entry, source);
  if (!isMap(copy)) return;
  for (const key of ["parameters", "upload_to_controller"]) {
    const value = copy.get(key, true);
    if (value === undefined) there.delete(key);
    else there.set(key, value);
  }
}

/** The author's own item with its comments, where it stands for itself; else what it means. */
function copyOf(document: Document, entry: PluginEntry, source: Node | undefined): Node {
  if (source !== undefined && !refersElsewhere(source)) {
    const copy: unknown = source.clone();
    if (isMap(copy)) {
      delete copy.spaceBefore;
      return copy;
    }
  }
  const { className, parameters, toControllers } = entry;
  return document.createNode({
    class: className,
    ...(toControllers ? { upload_to_controller: true } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  });
}

function refersElsewhere(node: Node): boolean {
  let refers = false;
  visit(node, {
    Alias: () => {
      refers = true;
      return visit.BREAK;
    },
    Pair: (_key, pair) => {
      if (isMap(pair.key) || String(pair.key) === "<<") refers = true;
    },
  });
  return refers;
}

function isOneOf(item: unknown, classes: readonly string[], document: Document): boolean {
  const target = isAlias(item) ? item.resolve(document) : item;
  const name: unknown = isMap(target) ? target.get("class") : undefined;
  return typeof name === "string" && classes.includes(name);
}

function nameWheels(document: Document, wheelPath: string): void {
  document.contents ??= new YAMLMap();
  const { contents } = document;
  if (!isMap(contents)) return;
  if (contents.has("controller_wheel_path")) contents.set("controller_wheel_path", wheelPath);
  else contents.items.push(document.createPair("controller_wheel_path", wheelPath));
}

function listIn(document: Document, at: string): YAMLSeq {
  document.contents ??= new YAMLMap();
  const { contents } = document;
  if (!isMap(contents)) throw unreadable(at, "it is not a map of fields");
  const list = contents.get("plugins", true);
  if (isSeq(list)) return list;
  const made = new YAMLSeq();
  contents.flow = false;
  contents.set("plugins", made);
  return made;
}

function documentOf(text: string, at: string): Document {
  const reading = readPlugins(text);
  if (reading.readable) return reading.document;
  throw unreadable(at, reading.reason);
}

function factsOf(document: Document): PluginsFile {
  const reading = readPlugins(String(document));
  return reading.readable ? reading.file : { entries: [] };
}

/** In the style of what was there. */
function written(document: Document, before: string): string {
  const indentSeq = !/^([ \t]*)[\w"'][^\n]*:[ \t]*(#[^\n]*)?\r?\n(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*\1- /m.test(before);
  const text = document.toString({ lineWidth: 0, indentSeq });
  const bom = before.startsWith("\uFEFF") ? "\uFEFF" : "";
  return bom + (before.includes("\r\n") ? text.replace(/\r?\n/g, "\r\n") : text);
}

function unreadable(at: string, reason: string): HostError {
  return new HostError({
    kind: "refused",
    step: "check",
    message: `${at} can't be changed safely: ${reason}`,
    next: "correct that file first",
    hostNow: "nothing was changed",
  });
}
