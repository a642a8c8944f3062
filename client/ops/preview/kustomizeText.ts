// Reading what kustomize says: its errors without the program's own decoration, and the origins of objects in its output.
import path from "node:path";
import { parseAllDocuments } from "yaml";
import { isRecord } from "../values.js";

export interface Origin {
  /** Absolute path of the file; of the kustomization, for what one generates. */
  readonly path: string;
  /** The generator: `ConfigMapGenerator`. */
  readonly by?: string;
}

export interface RenderedObject {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Lines of the document, from 0. */
  readonly first: number;
}

/** The same for an object with and without what the preview adds to it. */
function originKey(object: { readonly [key: string]: unknown }): string {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  return [apiVersion, kind, namespace ?? "", name].join(" ");
}

/** Every object of a rendered text, with the line that it begins in. */
export function objectsIn(text: string): readonly RenderedObject[] {
  return documentsIn(text).map(({ value, first }) => {
    const { kind, metadata } = value;
    const { name, namespace } = isRecord(metadata) ? metadata : {};
    return {
      key: originKey(value),
      kind: String(kind),
      name: String(name),
      namespace: typeof namespace === "string" ? namespace : undefined,
      first,
    };
  });
}

const annotation = "config.kubernetes.io/origin";

export function originsIn(text: string, folder: string): ReadonlyMap<string, Origin> {
  const found = new Map<string, Origin>();
  for (const { value } of documentsIn(text)) {
    const annotations = isRecord(value.metadata) ? value.metadata.annotations : undefined;
    const written = isRecord(annotations) ? annotations[annotation] : undefined;
    if (typeof written !== "string") continue;
    const [origin] = parseAllDocuments(written).map((document): unknown => document.toJS());
    if (!isRecord(origin) || "repo" in origin) continue;
    const at = origin.path ?? origin.configuredIn;
    if (typeof at !== "string") continue;
    const by = isRecord(origin.configuredBy) ? origin.configuredBy.kind : undefined;
    found.set(originKey(value), { path: path.resolve(folder, at), ...(typeof by === "string" && { by }) });
  }
  return found;
}

function documentsIn(text: string) {
  const lines = lineCounter(text);
  return parseAllDocuments(text).flatMap((document) => {
    const value: unknown = document.toJS();
    const at = document.contents?.range?.[0];
    return isRecord(value) && at !== undefined ? [{ value, first: lines(at) }] : [];
  });
}

/** For growing offsets. */
function lineCounter(text: string): (offset: number) => number {
  let line = 0;
  let at = 0;
  return (offset) => {
    for (; at < offset; at += 1) if (text[at] === "\n") line += 1;
    return line;
  };
}

/** `error: …` of kubectl, `Error: …` of kustomize, and the form of a log line, each without the front. */
export function plainError(text: string): string {
  const said = text
    .split(/\r?\n/)
    .filter((line) => !/^#? ?Warning/i.test(line))
    .join("\n")
    .trim();
  const logged = /^[EF]\d{4} .*?\] "[^"]*" err=(?:"((?:[^"\\]|\\.)*)"|<\s*([\s\S]*?)\s*>$)/.exec(said);
  const inner = logged?.[2] ?? logged?.[1]?.replace(/\\(["\\])/g, "$1").replace(/\\n/g, "\n");
  return (inner ?? said.replace(/^(error|Error):\s*/, "")).trim();
}
