// A system of two halves: which files are its own by their names, known at once, and all that is known of such files. In the
// bundles the second half is a file of its own, loaded with the first file at hand (scripts/support/late.mjs).

import type { DocumentKind, EmbeddedDocument, System } from "./system.js";

export interface SystemHead extends Pick<System, "id" | "title" | "neighbours"> {
  readonly documents: readonly DocumentHead[];
}

export interface DocumentHead extends Omit<DocumentKind, keyof DocumentKnowledge | "embedded"> {
  readonly embedded?: Omit<EmbeddedDocument, "recognise">;
}

export interface SystemKnowledge extends Omit<System, keyof SystemHead> {
  /** By id of the document. */
  readonly documents: Readonly<Record<string, DocumentKnowledge>>;
}

export interface DocumentKnowledge extends Pick<DocumentKind, "recognise" | "schema"> {
  readonly recogniseEmbedded?: EmbeddedDocument["recognise"];
}

export function systemOf({ id, title, documents, neighbours }: SystemHead, knowledge: () => SystemKnowledge): System {
  return {
    id,
    title,
    ...(neighbours && { neighbours }),
    documents: documents.map((head) => documentOf(head, () => of(knowledge().documents, head.id))),
    get rules() {
      return knowledge().rules;
    },
    get snippets() {
      return knowledge().snippets;
    },
    get kinds() {
      return knowledge().kinds;
    },
    get facts() {
      return knowledge().facts;
    },
    get mentions() {
      return knowledge().mentions;
    },
    get beside() {
      return knowledge().beside;
    },
    get refuseName() {
      return knowledge().refuseName;
    },
    get schemaAt() {
      return knowledge().schemaAt;
    },
    get used() {
      return knowledge().used;
    },
    get inside() {
      return knowledge().inside;
    },
    get lenses() {
      return knowledge().lenses;
    },
    get hints() {
      return knowledge().hints;
    },
    get preview() {
      return knowledge().preview;
    },
    get offers() {
      return knowledge().offers;
    },
    get describe() {
      return knowledge().describe;
    },
  };
}

function documentOf({ embedded, ...head }: DocumentHead, knowledge: () => DocumentKnowledge): DocumentKind {
  return {
    ...head,
    recognise: (parsed, workspace) => knowledge().recognise(parsed, workspace),
    schema: (manifest) => knowledge().schema(manifest),
    ...(embedded && { embedded: { ...embedded, recognise: (...given) => recogniser(knowledge())(...given) } }),
  };
}

function of<Part>(parts: Readonly<Record<string, Part>>, id: string): Part {
  const part = parts[id];
  if (!part) throw new Error(`nothing is known of the document "${id}"`);
  return part;
}

function recogniser({ recogniseEmbedded }: DocumentKnowledge): EmbeddedDocument["recognise"] {
  if (!recogniseEmbedded) throw new Error("nothing is known of such a document inside another file");
  return recogniseEmbedded;
}
