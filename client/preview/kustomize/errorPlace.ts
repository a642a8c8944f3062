// Where in the source an error of kustomize belongs: it names lines of files at best, and mostly just what it could not take.

export interface ErrorPlace {
  /** File, as the message names it; undefined: the kustomization itself. */
  readonly file?: string;
  /** Line from 0, when the message has one. */
  readonly line?: number;
  /** Offsets in the kustomization. */
  readonly span?: readonly [number, number];
}

export function placeOfError(message: string, source: string): ErrorPlace {
  const inFile = /line (\d+):[\s\S]* in File: (\S+)/.exec(message);
  if (inFile?.[1] !== undefined && inFile[2] !== undefined) return { file: inFile[2], line: Number(inFile[1]) - 1 };
  const own = /invalid Kustomization: .*?line (\d+)/.exec(message)?.[1];
  if (own !== undefined) return { line: Number(own) - 1 };
  const words = wordsOf(message);
  for (const word of [...words, ...words.flatMap(tailsOf)]) {
    const span = spanOf(word, source);
    if (span !== undefined) return { span };
  }
  return {};
}

/** What stands in quotes, brackets or parentheses, in order. */
function wordsOf(message: string): readonly string[] {
  const found = [...message.matchAll(/'([^'\s]+)'|\\?"([^"\\\s]+)\\?"|\[([^[\]\s]+)\]|\(([^()\s]+)\)|\bpath: (\S+)/g)];
  return found.flatMap(([, ...words]) => words.filter((word) => word !== undefined));
}

/** An absolute path may be that of an entry, which is written from the folder on: the longest end of it first. */
function tailsOf(word: string): readonly string[] {
  const parts = word.split(/[\\/]/);
  return /^([\\/]|[A-Za-z]:)/.test(word) ? parts.slice(1).map((_, at) => parts.slice(at + 1).join("/")) : [];
}

/** The first place where the text stands by itself: a value, an item, or a key; a path also behind `./` and `../`. */
function spanOf(word: string, source: string): readonly [number, number] | undefined {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const match = new RegExp(`(^|[\\s"'\\[,:])((?:\\.{1,2}/)*${literal})(?=$|[\\s"'\\],:#])`, "m").exec(source);
  if (match === null) return undefined;
  const start = match.index + (match[1]?.length ?? 0);
  return [start, start + (match[2]?.length ?? 0)];
}
