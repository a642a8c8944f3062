// What is typed into a file counts for the documents that read it, once typing rests there. Who read it is known (`Readers`): nobody
// else is checked again.

import { pathOf } from "../service/index.js";
import type { LiveWorkspace } from "../workspace/index.js";
import type { DiagnosticsSchedule } from "./diagnostics.js";
import type { OpenDocuments } from "./documents.js";

export interface Beside {
  /** A document is open with this text from now on, to be asked before the files of the workspace know it. */
  opening(uri: string): void;
  changed(uri: string): void;
  /** The files of the workspace no longer have its text, but that of the disk. */
  closed(uri: string): void;
  dispose(): void;
}

export interface BesideOptions {
  readonly documents: Pick<OpenDocuments, "forget">;
  readonly workspace: Pick<LiveWorkspace, "changed" | "files" | "readers">;
  readonly schedule: Pick<DiagnosticsSchedule, "changedBeside" | "refresh">;
  /** Milliseconds without a change in a file after which others hear of it. */
  readonly rest: number;
}

export function createBeside({ documents, workspace, schedule, rest }: BesideOptions): Beside {
  const waiting = new Map<string, NodeJS.Timeout>();
  /** Without a file on the disk: whoever looked whether there is one has to look again. */
  const unsaved = new Set<string>();
  let ended = false;
  return {
    opening: noteUnsaved,
    changed: (uri) => {
      clearTimeout(waiting.get(uri));
      waiting.set(uri, setTimeout(tell, rest, uri).unref());
    },
    closed: (uri) => {
      clearTimeout(waiting.get(uri));
      waiting.delete(uri);
      noteUnsaved(uri);
      const path = pathOf(uri);
      if (path !== undefined) void workspace.changed([path]).then(() => tell(uri));
    },
    dispose: () => {
      ended = true;
    },
  };

  function noteUnsaved(uri: string): void {
    const path = pathOf(uri);
    if (path !== undefined && workspace.files.stat(path) === undefined) unsaved.add(uri);
  }

  function tell(uri: string): void {
    const path = pathOf(uri);
    if (ended || path === undefined) return;
    if (unsaved.delete(uri)) {
      documents.forget();
      schedule.refresh();
      return;
    }
    const readers = workspace.readers.of(path).filter((one) => one !== uri);
    if (readers.length === 0) return;
    documents.forget(readers);
    schedule.changedBeside(readers);
  }
}
