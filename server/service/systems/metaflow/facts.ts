// What a Metaflow UI document tells the others: a manifest its name and folder, a PLUGINS value its entries. Plain data.

import { lookUp } from "../../text/grouped.js";
import type { Span } from "../../text/node.js";
import { keyText, spanOf } from "../../text/node.js";
import { remember } from "../../text/remember.js";
import type { ManifestFacts, Workspace } from "../facts.js";
import { asMap, asString, field } from "../read.js";
import type { Manifest, PluginDescription } from "../system.js";
import { entriesOf } from "./entries.js";
import { isPlainIdentifier } from "./folders.js";
import { wrappedEntries } from "./wrapped.js";

export type MetaflowFacts = PluginFacts | RegistrationFacts;

export interface PluginFacts {
  readonly kind: "manifest";
  readonly name: string | undefined;
  /** Of the name's value. */
  readonly span: Span | undefined;
  readonly version: string | undefined;
  readonly slot: string | undefined;
  readonly folder: string | undefined;
}

export interface RegistrationFacts {
  readonly kind: "plugins";
  /** The value of the variable, rather than the file that is read in its place. */
  readonly isVariable: boolean;
  readonly entries: readonly RegisteredFacts[];
  /** The service takes less from it than its author meant: what it doesn't name may be in it all the same. */
  readonly isOdd?: true;
}

export interface RegisteredFacts {
  readonly identifier: string;
  readonly isLocal: boolean;
  readonly paths: readonly string[];
  readonly sandbox: string | undefined;
}

export function factsOf(manifest: Manifest): MetaflowFacts {
  return manifest.kind.id === "plugins" ? registrationFacts(manifest) : pluginFacts(manifest);
}

export function describe(manifest: Manifest): PluginDescription | undefined {
  const path = manifest.parsed.path;
  if (manifest.kind.id !== "manifest" || path === undefined || manifest.folder === undefined) return undefined;
  const { name, version, slot } = pluginFacts(manifest);
  if (name === undefined || name === "") return undefined;
  return {
    system: "metaflow",
    name,
    ...(version !== undefined && { version }),
    root: manifest.folder,
    manifest: path,
    ...(slot !== undefined && { detail: slot }),
  };
}

/** Facts of every plugin manifest of the workspace, with its path. */
export const pluginsIn = (workspace: Workspace): readonly KnownPlugin[] => plugins(workspace.manifests("metaflow"));

export type KnownPlugin = PluginFacts & { readonly path: string };

/** The list stays the same object until facts change, so what is made of it can be kept by it. */
const plugins = remember((manifests: readonly ManifestFacts[]): readonly KnownPlugin[] =>
  manifests.flatMap(({ path, facts }) => (isFacts(facts) && facts.kind === "manifest" ? [{ ...facts, path }] : [])),
);

/** Plugins of the workspace by the name in their manifest. */
export const namesakes = (workspace: Workspace, name: string): readonly KnownPlugin[] =>
  named(plugins(workspace.manifests("metaflow")), name);

const named = lookUp(({ name = "" }: KnownPlugin) => [name]);

/** Entries of every PLUGINS value of the workspace, each list by itself. */
export const registrationsIn = (workspace: Workspace): readonly (readonly RegisteredFacts[])[] =>
  registrations(workspace.manifests("metaflow"));

const registrations = remember((manifests: readonly ManifestFacts[]) =>
  values(manifests).map(({ entries }) => entries),
);

/** Every PLUGINS value of the workspace with the file that it stands in. */
export const valuesIn = (workspace: Workspace): readonly KnownValue[] => values(workspace.manifests("metaflow"));

export type KnownValue = RegistrationFacts & { readonly path: string };

const values = remember((manifests: readonly ManifestFacts[]): readonly KnownValue[] =>
  manifests.flatMap(({ path, facts }) => (isFacts(facts) && facts.kind === "plugins" ? [{ ...facts, path }] : [])),
);

/** Whether an entry (or one of its `paths`) is about this plugin folder, going by the end of the folder's path. */
export function registers(entry: RegisteredFacts, folder: string): boolean {
  return registeredAs(entry, folder).length > 0;
}

/** `parameters.sandbox` of every entry of the workspace that is about this plugin's folder, "" where it has none. */
export function sandboxesOf({ folder, workspace }: Manifest): readonly string[] {
  if (folder === undefined) return [];
  const entries = registrationsIn(workspace).flatMap((list) => list.filter((entry) => registers(entry, folder)));
  return entries.map(({ sandbox = "" }) => sandbox);
}

/** The one that all of them have; undefined when there is no entry or they disagree. */
export function sandboxOf(manifest: Manifest): string | undefined {
  const [sandbox, another] = new Set(sandboxesOf(manifest));
  return another === undefined ? sandbox : undefined;
}

/** Ends of the folder's path by which the entry is about it: `["toolbox/badges"]`. Of two folders with one end it loads one at most. */
export function registeredAs({ identifier, paths }: RegisteredFacts, folder: string): readonly string[] {
  if (identifier === "") return [];
  const ends = paths.map((path) => `${identifier}/${path.replace(/^\.\/|\/+$/g, "")}`);
  return (paths.length === 0 ? [identifier] : ends).filter((end) => folder.endsWith(`/${end}`));
}

function pluginFacts(manifest: Manifest): PluginFacts {
  const text = (key: string) => asString(field(manifest.root, key, manifest)?.value, manifest);
  const name = field(manifest.root, "name", manifest)?.value;
  return {
    kind: "manifest",
    name: text("name"),
    span: name && spanOf(name),
    version: text("version"),
    slot: text("slot"),
    folder: manifest.folder,
  };
}

function registrationFacts(manifest: Manifest): RegistrationFacts {
  const entries = entriesOf(manifest);
  const read = new Set(entries.map(({ pair }) => pair));
  const pairs = asMap(manifest.root)?.pairs.filter((pair) => keyText(pair) !== "auth");
  const isOdd =
    pairs === undefined ||
    wrappedEntries(manifest.root) !== undefined ||
    pairs.some((pair) => !isPlainIdentifier(keyText(pair) ?? "") || !read.has(pair));
  return {
    kind: "plugins",
    isVariable: manifest.parsed.embedding !== undefined && manifest.parsed.embedding.file === undefined,
    ...(isOdd && { isOdd }),
    entries: entries.map(({ identifier, isLocal, paths, parameters }) => ({
      identifier,
      isLocal,
      paths: paths.map(({ path }) => path),
      sandbox: asString(field(parameters, "sandbox", manifest)?.value, manifest),
    })),
  };
}

/** Facts come back from the index as unknown data; ours carry their kind. */
function isFacts(facts: unknown): facts is MetaflowFacts {
  return (
    typeof facts === "object" &&
    facts !== null &&
    "kind" in facts &&
    ["manifest", "plugins"].includes(String(facts.kind))
  );
}
