// What one Buntime manifest tells about its plugin: plain data for the rules that look across files, and for lists.

import { type Span, spanOf } from "../../text/node.js";
import { basename, dirname } from "../../text/paths.js";
import { asString, asValue, itemsOf } from "../read.js";
import type { Manifest, PluginDescription } from "../system.js";
import { isBase } from "./bases.js";
import { topField, topText } from "./tree.js";

export interface PluginFacts {
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly version: string | undefined;
  readonly folder: string;
  /** Whether a host would read this file at all: not beside a manifest.yaml, not under an old or misspelt name. */
  readonly read: boolean;
  readonly enabled: boolean;
  readonly base: string | undefined;
  readonly baseSpan: Span | undefined;
  /** A base that keeps the plugin from loading. */
  readonly badBase: boolean;
  readonly dependencies: readonly Dependency[];
  readonly optionalDependencies: readonly Dependency[];
}

export interface Dependency {
  readonly name: string;
  readonly span: Span;
}

export function factsOf(manifest: Manifest): PluginFacts {
  const name = topField(manifest, "name");
  const base = topField(manifest, "base");
  const baseText = topText(manifest, "base");
  return {
    name: topText(manifest, "name"),
    nameSpan: name?.value && spanOf(name.value),
    version: topText(manifest, "version"),
    folder: manifest.folder ?? "",
    read: isRead(manifest),
    enabled: asValue(topField(manifest, "enabled")?.value, manifest) !== false,
    base: baseText,
    baseSpan: base?.value && spanOf(base.value),
    badBase: base !== undefined && (baseText === undefined || !isBase(baseText)),
    dependencies: dependenciesOf(manifest, "dependencies"),
    optionalDependencies: dependenciesOf(manifest, "optionalDependencies"),
  };
}

export function describePlugin(manifest: Manifest): PluginDescription | undefined {
  const { path } = manifest.parsed;
  const name = topText(manifest, "name");
  if (!name || path === undefined || manifest.folder === undefined || !isRead(manifest)) return undefined;
  const version = topText(manifest, "version");
  const base = topText(manifest, "base");
  return {
    system: "buntime",
    name,
    ...(version !== undefined && { version }),
    root: manifest.folder,
    manifest: path,
    detail: base ?? "no base",
  };
}

/** Facts come back from the index as data of unknown origin. */
export function isPluginFacts(value: unknown): value is PluginFacts {
  return typeof value === "object" && value !== null && "optionalDependencies" in value && "folder" in value;
}

function dependenciesOf(manifest: Manifest, key: string): Dependency[] {
  return itemsOf(topField(manifest, key)?.value).flatMap((node) => {
    const name = asString(node, manifest);
    return name ? [{ name, span: spanOf(node) }] : [];
  });
}

function isRead({ parsed, kind, workspace }: Manifest): boolean {
  if (kind.id !== "manifest" || parsed.path === undefined) return kind.id === "manifest";
  const file = basename(parsed.path);
  if (file === "manifest.yaml") return true;
  return file === "manifest.yml" && workspace.files.kind(`${dirname(parsed.path)}/manifest.yaml`) !== "file";
}
