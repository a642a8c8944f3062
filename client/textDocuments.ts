// Read-only documents with texts of ours, such as a plan or what a host has: shown one by one, or side by side. Kept while they are open.

import { commands, type Disposable, EventEmitter, Uri, window, workspace } from "vscode";

export const textScheme = "plugsmith-text";

/** What lies here is coloured as a report: package.json says so. */
const reports = "/plugsmith report";

/** A file as it is to be shown: of a host, of an archive, of a plan. */
export interface ShownFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface TextDocuments extends Disposable {
  /** Keeps the text of a document until it is released, whether it is open or not; an editor that shows it follows. */
  hold(uri: Uri, text: string): void;
  release(uri: Uri): void;
  /** What is kept of a document. */
  read(uri: Uri): string | undefined;
  show(title: string, text: string): Promise<void>;
  /** The files that differ, in the editor's own comparison; says so when none does. */
  compare(title: string, before: readonly ShownFile[], after: readonly ShownFile[]): Promise<void>;
}

export function createTextDocuments(): TextDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const held = new Set<string>();
  const write = (uri: Uri, text: string) => {
    texts.set(uri.toString(), text);
    changed.fire(uri);
  };
  const put = (path: string, text: string): Uri => {
    const uri = Uri.from({ scheme: textScheme, path });
    write(uri, text);
    return uri;
  };
  const listening = [
    changed,
    workspace.registerTextDocumentContentProvider(textScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (!held.has(uri.toString())) texts.delete(uri.toString());
    }),
  ];
  return {
    hold: (uri, text) => {
      held.add(uri.toString());
      write(uri, text);
    },
    release: (uri) => {
      held.delete(uri.toString());
      texts.delete(uri.toString());
    },
    read: (uri) => texts.get(uri.toString()),
    show: async (title, text) => {
      // A slash of a name would end the title; this one only looks like it.
      const name = title.replaceAll("/", "\u2215");
      const uri = put(name.endsWith(".diff") ? `/${name}` : `${reports}/${name}`, text);
      await window.showTextDocument(uri, { preview: true, preserveFocus: true });
    },
    compare: async (title, before, after) => {
      const found = differing(before, after);
      const [only] = found;
      if (only === undefined) return void window.showInformationMessage("The files are the same.");
      const side = (which: "before" | "after", path: string, text: string) => put(`/${which}/${path}`, text);
      const rows = found.map(({ path, left, right }) => ({
        left: side("before", path, left),
        right: side("after", path, right),
      }));
      const [first] = rows;
      if (rows.length === 1 && first !== undefined)
        return void (await commands.executeCommand("vscode.diff", first.left, first.right, `${only.path} (${title})`));
      await commands.executeCommand(
        "vscode.changes",
        title,
        rows.map(({ left, right }) => [right, left, right]),
      );
    },
    dispose: () => {
      for (const one of listening) one.dispose();
    },
  };
}

interface Differing {
  readonly path: string;
  readonly left: string;
  readonly right: string;
}

/** A side that lacks the file is empty; what is no text is told of by its size. */
function differing(before: readonly ShownFile[], after: readonly ShownFile[]): readonly Differing[] {
  const paths = [...new Set([...before, ...after].map(({ path }) => path))].sort();
  return paths.flatMap((path) => {
    const [one, other] = [before, after].map((side) => side.find((file) => file.path === path)?.bytes);
    if (one !== undefined && other !== undefined && Buffer.compare(one, other) === 0) return [];
    return [{ path, left: textOf(one), right: textOf(other) }];
  });
}

const mostBytes = 2_000_000;

function textOf(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return "";
  if (bytes.byteLength > mostBytes || bytes.includes(0)) return `(${bytes.byteLength} bytes that are no text)\n`;
  return Buffer.from(bytes).toString("utf8");
}
