// What a scaffold is, as it stands in snippets/scaffolds/<system>.json, checked where it comes in. Each adapter names its own.
import { isRecord, stringList } from "../values.js";

export interface Scaffold {
  readonly description: string;
  /** The file to go on with. */
  readonly opens: string;
  /** What to do then, one clause each. */
  readonly next: readonly string[];
  readonly files: readonly ScaffoldFile[];
}

export interface ScaffoldFile {
  readonly path: string;
  /** Lines, or the title of a snippet of this system with values for its places. */
  readonly from:
    | { readonly body: readonly string[] }
    | { readonly snippet: string; readonly values: Readonly<Record<string, string>> };
}

export interface ScaffoldData {
  readonly description: string;
  readonly opens: string;
  readonly next: readonly string[];
  readonly files: object;
}

export function readScaffold({ description, opens, next, files }: ScaffoldData): Scaffold {
  return {
    description,
    opens,
    next,
    files: Object.entries(files).map(([path, file]) => ({ path, from: sourceOf(file) })),
  };
}

function sourceOf(file: unknown): ScaffoldFile["from"] {
  if (!isRecord(file)) return { body: [] };
  if (typeof file.snippet !== "string") return { body: stringList(file.body) };
  const values = isRecord(file.values) ? Object.entries(file.values) : [];
  const texts = values.flatMap(([place, value]) => (typeof value === "string" ? [[place, value] as const] : []));
  return { snippet: file.snippet, values: Object.fromEntries(texts) };
}
