// What a host will make of a manifest, in rows for people, worked out from the text as it is in the editor. A preview shows it
// beside the source; nothing here is a problem, those are the rules' matter.

import type { Span } from "../text/node.js";
import type { Value } from "../text/reading.js";

export interface Preview {
  /** What is shown, after the plugin's name: "what the server and its controllers get". */
  readonly title: string;
  readonly sections: readonly PreviewSection[];
  /** The rows are of the manifest's own parts, and problems of those are to be told with them. */
  readonly tellsProblems?: true;
  /** Pages of the host that show the plugin, the likeliest first. */
  readonly pages?: readonly PreviewPage[];
  /** Why the plugin has no page of its own to show, where it has none. */
  readonly noPage?: string;
  /** What a page gives each plugin as its configuration; of systems that have such a page. */
  readonly entries?: readonly PreviewEntry[];
}

export interface PreviewPage {
  readonly label: string;
  /** From the host's root. */
  readonly path: string;
}

export interface PreviewSection {
  readonly title: string;
  /** One or two sentences: where this goes, or why it is empty. */
  readonly note?: string;
  readonly mood?: PreviewMood;
  readonly rows: readonly PreviewItem[];
  /** A file as it is sent. */
  readonly text?: string;
}

/** Good: it works. Attention: it works, but perhaps not as meant. Bad: it doesn't. */
export type PreviewMood = "good" | "attention" | "bad";

export interface PreviewItem {
  readonly label: string;
  /** Short facts beside the label. */
  readonly detail?: string;
  readonly mood?: PreviewMood;
  /** Sentences below it. */
  readonly notes?: readonly string[];
  /** Where it is written. */
  readonly place?: PreviewPlace;
}

export interface PreviewPlace {
  readonly path: string;
  readonly span?: Span;
}

/** One plugin as an entry of a configuration loads it. */
export interface PreviewEntry {
  readonly identifier: string;
  readonly repository: string | null;
  readonly ref: string | null;
  readonly parameters: Value;
  /** Folder of the plugin. */
  readonly folder: string;
  /** File that holds the entry; undefined when there is none, and the entry is what an empty one would be. */
  readonly from?: string;
}
