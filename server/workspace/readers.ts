// For which documents a text was read. What is typed into a file concerns those, and nobody else; one that was read in vain counts as well.

export interface Readers {
  /** Works for a document: whatever text is asked for until the work is done is one that the document depends on. */
  reading<T>(uri: string, work: () => T): T;
  /** Somebody asks for the text at a path. */
  asked(path: string): void;
  /** URIs of the documents that depend on the text at a path. */
  of(path: string): readonly string[];
  /** Every document is worked on anew. */
  forget(): void;
}

export function createReaders(): Readers {
  const readers = new Map<string, Set<string>>();
  let reader: string | undefined;
  return {
    reading: (uri, work) => {
      const outer = reader;
      reader = uri;
      try {
        return work();
      } finally {
        reader = outer;
      }
    },
    asked: (path) => {
      if (reader === undefined) return;
      const known = readers.get(path);
      if (known) known.add(reader);
      else readers.set(path, new Set([reader]));
    },
    of: (path) => [...(readers.get(path) ?? [])],
    forget: () => readers.clear(),
  };
}
