// What the trees draw, as data: hosts with their plugins, and plugins of the workspace with where they are. Types only.

import type { LocalPlugin } from "../../../server/protocol.js";
import type { Conflict, HostConfig, HostLevel, LedgerEntry } from "../../ops/index.js";

/** What is recorded here of one plugin on one host. */
export interface HostRecord {
  readonly sent?: LedgerEntry;
  /** True when the files here are not what was last sent; undefined when that isn't known. */
  readonly differs?: boolean;
  readonly canGoBack: boolean;
  /** Whose what the host has is: as the conflict stop sees it. Undefined where that was not looked at. */
  readonly there?: Conflict["state"];
  /** The newest entries of the history. */
  readonly entries: readonly LedgerEntry[];
}

export type RecordOf = (host: HostConfig, plugin: string) => HostRecord | undefined;

/** How much the user should mind; icons follow from it, words never depend on it. */
export type Mood = "good" | "attention" | "bad" | "quiet";

export interface HostView {
  readonly name: string;
  readonly level: HostLevel;
  readonly url?: string;
  /** "3 plugins", "unreachable since 14:02". */
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly plugins: readonly PluginView[];
  /** Sorted words for menus: "asked", "can:reload", "can:upload", "level:local". */
  readonly flags: readonly string[];
}

export interface PluginView {
  readonly name: string;
  readonly host: string;
  /** "loaded 1.0", "differs from what was sent · loaded 1.0", "as of 14:02 · loaded". */
  readonly state: string;
  /** The state in a word or two, to go before "on team": "loaded", "not loaded as of 14:02". */
  readonly brief: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly parts: readonly PluginPart[];
  /** What was sent of it, newest first. */
  readonly history: readonly EntryView[];
  readonly flags: readonly string[];
  readonly address?: string;
  readonly local?: LocalPlugin;
}

/** One entry of the history. */
export interface EntryView {
  readonly id: string;
  /** "1.2.0", or the action where nothing was sent. */
  readonly label: string;
  /** "verified · 4 May 14:02 · deploy". */
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly flags: readonly string[];
}

export interface PluginPart {
  readonly kind: "route" | "menu" | "dependency";
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly mood: Mood;
  readonly address?: string;
}

export interface LocalView {
  readonly plugin: LocalPlugin;
  readonly state: string;
  readonly detail: string;
  readonly mood: Mood;
  /** The plugin on each host of its system. */
  readonly hosts: readonly LocalOnHost[];
  readonly flags: readonly string[];
}

export interface LocalOnHost {
  readonly host: string;
  /** Why the host can't load it, when that is known. */
  readonly problem?: { readonly code: string; readonly message: string };
  readonly state: string;
  /** As that of the plugin on the host. */
  readonly brief: string;
  readonly detail: string;
  readonly mood: Mood;
  readonly flags: readonly string[];
  readonly address?: string;
}

export interface Model {
  readonly hosts: readonly HostView[];
  readonly plugins: readonly LocalView[];
}
