// What a kind of preview is, for the table of previews.

import type { Disposable, Uri } from "vscode";
import type { SystemId } from "../../server/service/index.js";
import type { App } from "../app.js";

/** What is to be previewed. */
export interface Subject {
  /** The manifest. */
  readonly manifest: Uri;
  /** "system/document". */
  readonly document: string;
}

/** A plugin on a host, or the host itself. */
export interface HostSubject {
  /** Name of a row of `plugsmith.hosts`. */
  readonly host: string;
  readonly plugin?: string;
  /** Of a page. */
  readonly address?: string;
}

export interface PreviewRow {
  readonly system: SystemId;
  /** One line for people: what it shows. */
  readonly title: string;
  /** It runs the plugin's pages or a program, or asks a host: for trusted workspaces alone. */
  readonly needsTrust: boolean;
  open(app: App, subject: Subject): Promise<OpenPreview | undefined>;
  /** What a host shows; absent where hosts of this system have no pages for it. */
  openHost?(app: App, subject: HostSubject): Promise<OpenPreview | undefined>;
}

/** A preview that is there: asking for the same again shows it. */
export interface OpenPreview extends Disposable {
  reveal(): void;
  /** Calls back when the user closes it. */
  onDidClose(hear: () => void): void;
}
