// Files of the window's workspace: written, opened, asked for what the extension says of them, and edited as an accepted
// completion edits them.
import path from "node:path";
import {
  type CompletionItem,
  type CompletionList,
  commands,
  type Diagnostic,
  languages,
  Range,
  Selection,
  SnippetString,
  type TextDocument,
  type TextEdit,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";
import { until } from "./waiting";

/** The folder that the window shows. */
export function folder(): Uri {
  const [first] = workspace.workspaceFolders ?? [];
  if (first === undefined) throw new Error("the window has no folder");
  return first.uri;
}

export function inFolder(name: string): Uri {
  return Uri.joinPath(folder(), ...name.split("/"));
}

export async function write(name: string, text: string): Promise<Uri> {
  const uri = inFolder(name);
  await workspace.fs.createDirectory(Uri.joinPath(uri, ".."));
  await workspace.fs.writeFile(uri, Buffer.from(text, "utf8"));
  return uri;
}

/** Opens a new file; `<caret>` in its text is where the caret goes. */
export async function edit(name: string, marked: string): Promise<TextEditor> {
  const at = marked.indexOf("<caret>");
  const uri = await write(name, marked.replace("<caret>", ""));
  const editor = await window.showTextDocument(uri);
  const position = editor.document.positionAt(Math.max(at, 0));
  editor.selection = new Selection(position, position);
  return editor;
}

export function ours(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === "plugsmith");
}

export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** The problem with that code, once it is there. */
export function problem(uri: Uri, code: string): Promise<Diagnostic> {
  return until(
    () => `${code} ${told(uri)}`,
    () => ours(uri).find((one) => codeOf(one) === code),
  );
}

/** Waits until a document has no problem of ours. */
export async function clean(uri: Uri): Promise<void> {
  await until(
    () => `no problems ${told(uri)}`,
    () => ours(uri).length === 0,
  );
}

function told(uri: Uri): string {
  return `in ${path.posix.basename(uri.path)}, which has ${ours(uri).map(codeOf).join(", ") || "none"}`;
}

/** What the range of a problem covers. */
export function pointedAt(document: TextDocument, { range }: Diagnostic): string {
  return document.getText(range);
}

/** The completion items at the caret. */
export async function completions({ document, selection }: TextEditor): Promise<readonly CompletionItem[]> {
  const list = await commands.executeCommand<CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    selection.active,
    undefined,
    50,
  );
  return list.items;
}

export function labelOf({ label }: CompletionItem): string {
  return typeof label === "string" ? label : label.label;
}

/** Accepts the item with that label at the caret, and answers the text then. */
export async function accept(editor: TextEditor, label: string): Promise<string> {
  let seen: readonly CompletionItem[] = [];
  const item = await until(
    () => `the completion "${label}" among ${seen.map(labelOf).join(", ") || "none"}`,
    async () => {
      seen = await completions(editor);
      return seen.find((one) => labelOf(one) === label);
    },
  );
  const range = rangeOf(item, editor);
  const further = item.additionalTextEdits ?? [];
  await apply(
    editor,
    further.filter((one) => one.range.start.isAfterOrEqual(range.end)),
  );
  const text = item.insertText ?? labelOf(item);
  const snippet = typeof text === "string" ? new SnippetString().appendText(text) : text;
  const options = { undoStopBefore: true, undoStopAfter: true, keepWhitespace: item.keepWhitespace === true };
  const done = await editor.insertSnippet(snippet, range, options);
  if (!done) throw new Error(`"${label}" could not be inserted`);
  await apply(
    editor,
    further.filter((one) => !one.range.start.isAfterOrEqual(range.end)),
  );
  await commands.executeCommand("leaveSnippet");
  return editor.document.getText();
}

function rangeOf({ range }: CompletionItem, { document, selection }: TextEditor): Range {
  if (range === undefined) return document.getWordRangeAtPosition(selection.active) ?? selection;
  return range instanceof Range ? range : range.replacing;
}

async function apply(editor: TextEditor, edits: readonly TextEdit[]): Promise<void> {
  if (edits.length === 0) return;
  await editor.edit((builder) => {
    for (const { range, newText } of edits) builder.replace(range, newText);
  });
}
