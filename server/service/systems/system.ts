// What the service wants to know of a plugin system. A system is a folder beside this file that exports one `System`,
// and one line in index.ts; features loop over that table and never name a system.

import type { EmbeddedValue } from "../embedded/embedding.js";
import type { Choice, Kind } from "../kinds/kind.js";
import type { JsonSchema } from "../schema/jsonSchema.js";
import type { Place } from "../schema/place.js";
import type { KeyPath, Node, Span } from "../text/node.js";
import type { Parsed } from "../text/parsed.js";
import type { Reading, Value } from "../text/reading.js";
import type { Files, Workspace } from "./facts.js";
import type { Hint, Lens } from "./lens.js";
import type { Mention } from "./mention.js";
import type { Preview } from "./preview.js";
import type { Problem, Severity } from "./problem.js";
import type { ServiceSettings } from "./settings.js";

export type SystemId = "skypilot" | "buntime" | "metaflow" | "openjourney";

export interface System {
  readonly id: SystemId;
  readonly title: string;
  readonly documents: readonly DocumentKind[];
  /** Files in other languages whose things its manifests name, as globs: who names them can be asked from there. */
  readonly neighbours?: readonly string[] | undefined;
  readonly rules: readonly Rule[];
  /** Bodies for completions and scaffolds, from snippets/<system>.json. */
  readonly snippets?: readonly Snippet[] | undefined;
  /** Kinds of string whose meaning only this system knows, by `format`. */
  readonly kinds?: Readonly<Partial<Record<string, Kind>>> | undefined;
  /** What a manifest tells the others; must be plain data, compared deeply. */
  readonly facts?: ((manifest: Manifest) => unknown) | undefined;
  /** Where the manifest names plugins, classes, files and the like. */
  readonly mentions?: ((manifest: Manifest) => readonly Mention[]) | undefined;
  /** What is defined in files that it takes in, for a list of all names. */
  readonly beside?: ((manifest: Manifest) => readonly Beside[]) | undefined;
  /** Why a thing of this kind can't be called so: one clause; undefined when it can. */
  readonly refuseName?: ((kind: string, name: string) => string | undefined) | undefined;
  /** What is known of the map at a key path beyond the document's schema, such as the arguments that a class takes. */
  readonly schemaAt?: ((manifest: Manifest, at: KeyPath) => JsonSchema | undefined) | undefined;
  /**
   * What a file is that manifests of the system use and that is none itself: nothing is said of it, but what can be written
   * there is known. Undefined for any other file.
   */
  readonly used?: ((parsed: Parsed, workspace: Workspace) => DocumentKind | undefined) | undefined;
  /** What can be written at an offset inside of a text whose own syntax only this system knows; undefined anywhere else. */
  readonly inside?: ((manifest: Manifest, offset: number) => Inside | undefined) | undefined;
  /** What is worth saying above a line: the state of a plugin on hosts, who needs it. */
  readonly lenses?: ((manifest: Manifest) => readonly Lens[]) | undefined;
  /** What is worth saying behind a value: what the host takes it for. */
  readonly hints?: ((manifest: Manifest) => readonly Hint[]) | undefined;
  /** What the host will make of the manifest, for a preview beside it; undefined when nothing can be said yet. */
  readonly preview?: ((manifest: Manifest) => Preview | undefined) | undefined;
  /** What the editor could do for the place, by a command of its own. */
  readonly offers?: ((manifest: Manifest, span: Span) => readonly Offer[]) | undefined;
  /** The plugin that a manifest describes, for lists and packing; undefined when it has no name yet. */
  readonly describe?: ((manifest: Manifest) => PluginDescription | undefined) | undefined;
}

export interface Beside extends Pick<Mention, "kind" | "name" | "span"> {
  readonly path: string;
  readonly text: string;
}

export interface Inside {
  /** What a choice takes the place of. */
  readonly span: Span;
  readonly choices: readonly Choice[];
}

export interface Offer {
  readonly title: string;
  /** One that the client said it has. */
  readonly command: string;
  readonly arguments: readonly string[];
}

export interface DocumentKind {
  /** Unique within the system; `system/id` is what `plugsmith.associations` takes. */
  readonly id: string;
  readonly title: string;
  readonly reading: Reading;
  /** The host doesn't even parse what follows the first document, so broken syntax there is no problem. */
  readonly readsFirstDocumentOnly?: boolean;
  /** The host reads UTF-16 with a byte order mark, which the others refuse. */
  readonly readsUtf16?: boolean;
  /** The host refuses a document in which a key stands twice; the others keep the last one. */
  readonly refusesDuplicateKeys?: boolean;
  /**
   * What a long document has many of, for the host each by itself: the items of the lists right under the root, or the pairs
   * of the root. While someone types in one of them, the others aren't judged again.
   */
  readonly members?: "items" | "pairs";
  /** It is in another language, of which others know more: only who names what it holds is told from there. */
  readonly isForeign?: true;
  /** A public schema store serves a schema for it, so another extension may check its shape as well. */
  readonly hasPublicSchema?: boolean;
  /** File names that could be this document, as glob patterns over the whole path; for selectors and watching. */
  readonly globs: readonly string[];
  /** By path alone: could this be such a document? Cheap, called for every opened file. */
  fits(path: string): boolean;
  /** By content: is it one? Only asked when `fits` said yes. */
  recognise(parsed: Parsed, workspace: Workspace): Verdict;
  schema(manifest: { readonly parsed: Parsed; readonly settings: ServiceSettings }): JsonSchema;
  /** Where such documents also stand inside files that aren't ours, as the value of a variable. */
  readonly embedded?: EmbeddedDocument;
}

export interface EmbeddedDocument {
  /** The outer files, for editors' selectors; they activate nothing, and most of them hold no such document. */
  readonly globs: readonly string[];
  /** By path alone: could this file hold one? Cheap. */
  fits(path: string): boolean;
  /** Whether such a file is looked for in a whole workspace as well, rather than only when it is opened. */
  isUsual(path: string): boolean;
  /** `files` tell what else reads the outer file, where that decides about its quotes. */
  find(outer: Parsed, files: Files): readonly EmbeddedValue[];
  recognise(value: Parsed, workspace: Workspace, outer: Parsed): Verdict;
}

export interface Verdict {
  readonly ours: boolean;
  /** A short clause for people: "it has pluginEntry and base". */
  readonly reason: string;
}

/** A file that one system claimed: everything a rule may look at. */
export interface Manifest {
  readonly parsed: Parsed;
  readonly system: System;
  readonly kind: DocumentKind;
  readonly verdict: Verdict;
  readonly settings: ServiceSettings;
  readonly workspace: Workspace;
  readonly schema: JsonSchema;
  /** The document that the host reads: the first of the stream. */
  readonly root: Node | undefined;
  /** What the host's parser yields for `root`; null for an empty document. */
  readonly value: Value;
  /** Folder that relative paths count from; undefined when the document is on no disk. */
  readonly folder: string | undefined;
}

/** One row of the rule table: the documentation of a code, and the check behind it where the schema can't see it. */
export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One line, lower-case start: "the entry file does not exist". */
  readonly title: string;
  /** What the host does about it, and since which version; one to four sentences. */
  readonly host: string;
  readonly wrong?: string;
  readonly right?: string;
  /** How to mend it by hand. */
  readonly fix: string;
  /** Documents (ids) this rule looks at; absent = all of the system. */
  readonly documents?: readonly string[];
  /**
   * What it says of a member (see `DocumentKind.members`) depends on no other member, and it says nothing of the rest for a
   * member's sake; so an edited member can be judged alone. What looks across members is judged once typing rests.
   */
  readonly each?: true;
  /** Rules that it says more of than they do, where both speak of one place. */
  readonly outdoes?: readonly string[];
  check?(manifest: Manifest, report: Report): void;
  /** What the schema found, in better words or with more fixes; undefined where another problem tells it already. */
  refine?(manifest: Manifest, misfit: Misfit): Problem | undefined;
}

/** A finding of the schema under a rule's code. */
export interface Misfit {
  /** The schema keyword that failed: "type", "additionalProperties", "enum"… */
  readonly keyword: string;
  /** Where the value stands; for an unknown field the map that holds it. */
  readonly place: Place;
  /** The field that is unknown or missing. */
  readonly name: string | undefined;
  readonly problem: Problem;
}

/** Reports a problem of the rule at hand. `where` is a node, pair, or offsets. */
export type Report = (
  where: { readonly start: number; readonly end: number } | Span,
  message: string,
  more?: Partial<Pick<Problem, "severity" | "related" | "tags" | "fixes">>,
) => void;

export interface PluginDescription {
  readonly system: SystemId;
  readonly name: string;
  readonly version?: string;
  /** Folder of the plugin. */
  readonly root: string;
  readonly manifest: string;
  /** One line for lists: its base, its class, its slot. */
  readonly detail?: string;
}

/** One entry of snippets/<system>.json, in VS Code's snippet syntax. */
export interface Snippet {
  readonly title: string;
  /** "system/document". */
  readonly document: string;
  /** Key path of the container, with dots; "*" stands for any index or key, "" for the root. */
  readonly at: string;
  readonly slot: "file" | "key" | "item";
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}
