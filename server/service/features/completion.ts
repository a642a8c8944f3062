// Completion as LSP items: edits over exact ranges, plain text where the client knows no snippets, stable sorting.

import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from "vscode-languageserver-types";
import type { Manifest } from "../systems/system.js";
import { type Parsed, rangeOf, snippetIn, writtenIn } from "../text/parsed.js";
import { plainText } from "../text/render.js";
import { completionsAt } from "./complete/index.js";
import type { Offer } from "./complete/offer.js";

export interface CompletionOptions {
  readonly docs?: string;
  /** The client understands snippet syntax. */
  readonly snippets?: boolean;
  /** The client can be told not to touch our indentation. */
  readonly asIs?: boolean;
  /** Command that opens the list again, for folders of a path. */
  readonly again?: string;
}

export function complete(manifest: Manifest, offset: number, options: CompletionOptions = {}): CompletionList {
  const items = completionsAt(manifest, offset, options.docs)
    .filter(({ insert }) => canWrite(manifest.parsed, insert))
    .map((offer) => toItem(manifest, offer, options));
  return { isIncomplete: items.some(({ command }) => command !== undefined), items };
}

/** YAML in single quotes can't go on over its line. */
const canWrite = ({ syntax, embedding }: Parsed, insert: string): boolean =>
  syntax === "json" || !insert.includes("\n") || embedding?.write("\n") !== " ";

function toItem(
  { parsed }: Manifest,
  offer: Offer,
  { snippets = true, asIs = true, again }: CompletionOptions,
): CompletionItem {
  const written = snippetIn(parsed, offer.insert);
  const isSnippet = snippets && /[\\$}]/.test(written);
  const quote = writtenIn(parsed, /^["']/.exec(parsed.source.slice(...offer.replace))?.[0] ?? "");
  return {
    label: offer.label,
    ...(offer.aside !== undefined && { labelDetails: { description: offer.aside } }),
    kind: KINDS[offer.kind],
    ...(offer.detail !== undefined && { detail: offer.detail }),
    ...(offer.documentation !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: offer.documentation },
    }),
    ...(offer.deprecated && { tags: [CompletionItemTag.Deprecated] }),
    sortText: String(offer.rank + 1000).padStart(6, "0"),
    filterText: `${quote}${offer.label}`,
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(asIs && { insertTextMode: InsertTextMode.asIs }),
    textEdit: { range: rangeOf(parsed, offer.replace), newText: isSnippet ? written : plainText(written) },
    ...(offer.missing && {
      additionalTextEdits: [
        { range: rangeOf(parsed, [offer.missing.at, offer.missing.at]), newText: offer.missing.sign },
      ],
    }),
    ...(offer.continues && again !== undefined && { command: { title: "Suggest", command: again } }),
  };
}

const KINDS: Readonly<Record<Offer["kind"], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  enum: CompletionItemKind.EnumMember,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  reference: CompletionItemKind.Reference,
};
