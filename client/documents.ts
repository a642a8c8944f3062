// Which files are looked at: the names that package.json's activation events list, and those of `plugsmith.associations`.
// Whether such a file is really ours is decided by the server, by its content.

import type { DocumentFilter } from "vscode";

const schemes = ["file", "untitled", "vscode-vfs"];

/** The globs of the systems' documents, from the extension's own manifest: a test compares them with the systems table. */
export function manifestGlobs(packageJson: { readonly activationEvents?: readonly string[] }): readonly string[] {
  const prefix = "workspaceContains:";
  const events = packageJson.activationEvents ?? [];
  return events.filter((event) => event.startsWith(prefix)).map((event) => event.slice(prefix.length));
}

/** Files that may hold a document of ours as the value of a variable; they are looked at, but start nothing. */
export const embeddingGlobs: readonly string[] = [
  "**/.env",
  "**/.env.*",
  "**/*.env",
  "**/.envrc",
  "**/*.properties",
  "**/*.sh",
  "**/Dockerfile",
  "**/Dockerfile.*",
  "**/*.Dockerfile",
  "**/*.dockerfile",
  "**/Containerfile",
  "**/Containerfile.*",
  "**/*.yaml",
  "**/*.yml",
  "**/*.json",
];

/** Files in other languages whose things manifests name, from where they can be asked for. */
export const neighbourGlobs: readonly string[] = ["**/*.py"];

interface ManifestOfOurs {
  readonly contributes: {
    readonly configuration: {
      readonly properties: {
        readonly "plugsmith.associations": {
          readonly additionalProperties: {
            readonly enum: readonly string[];
            readonly enumDescriptions: readonly string[];
          };
        };
      };
    };
  };
}

/** What an association can name, with titles, again from the extension's own manifest. */
export function documentChoices(
  packageJson: ManifestOfOurs,
): readonly { readonly document: string; readonly title: string }[] {
  const row = packageJson.contributes.configuration.properties["plugsmith.associations"].additionalProperties;
  const choices = row.enum.map((document, at) => ({ document, title: row.enumDescriptions[at] ?? document }));
  return choices.filter(({ document }) => document !== "off");
}

/** Globs of associations that the names above don't cover already, in the meaning that document filters give them. */
export function furtherGlobs(
  associations: Readonly<Record<string, string>>,
  globs: readonly string[],
): readonly string[] {
  const wanted = Object.keys(associations).filter((glob) => associations[glob] !== "off");
  return wanted
    .filter((glob) => !globs.includes(`**/${lastPart(glob)}`))
    .map(anywhere)
    .sort();
}

/** Several globs as one. */
export function oneGlob(globs: readonly string[]): string {
  return `{${globs.join(",")}}`;
}

export function selectorOf(
  globs: readonly string[],
): (DocumentFilter & { readonly scheme: string; readonly pattern: string })[] {
  return schemes.flatMap((scheme) => globs.map((pattern) => ({ scheme, pattern })));
}

function anywhere(glob: string): string {
  return glob.startsWith("/") || glob.startsWith("**/") ? glob : `**/${glob}`;
}

function lastPart(glob: string): string {
  return glob.slice(glob.lastIndexOf("/") + 1);
}
