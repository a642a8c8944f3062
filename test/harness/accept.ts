// The document after a completion item was accepted: tab stops keep their defaults, further edits are applied as well.

import { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionItem, TextEdit } from "vscode-languageserver-types";
import { InsertReplaceEdit, InsertTextFormat } from "vscode-languageserver-types";
import { plainText } from "../../server/service/index.js";

export function accept(document: TextDocument, item: CompletionItem): string {
  const { textEdit } = item;
  if (!textEdit) throw new Error(`${item.label} has no edit`);
  const range = InsertReplaceEdit.is(textEdit) ? textEdit.replace : textEdit.range;
  const newText = item.insertTextFormat === InsertTextFormat.Snippet ? plainText(textEdit.newText) : textEdit.newText;
  const edits: TextEdit[] = [...(item.additionalTextEdits ?? []), { range, newText }];
  return TextDocument.applyEdits(document, edits);
}
