// The plugin project that a plugins.yaml stands for: there is no name in the file, so it is the package of its first
// class, with name and version from the pyproject.toml beside where there is one.

import type { Manifest, PluginDescription } from "../system.js";
import { pluginItems } from "./items.js";

export function describePlugins(manifest: Manifest): PluginDescription | undefined {
  const { folder, parsed, workspace } = manifest;
  const classes = pluginItems(manifest).flatMap(({ className }) => className ?? []);
  const [first] = classes;
  if (first === undefined || folder === undefined || parsed.path === undefined || parsed.embedding) return undefined;
  const project = projectTable(workspace.files.read(`${folder}/pyproject.toml`));
  const version = valueIn(project, "version");
  return {
    system: "skypilot",
    name: valueIn(project, "name") ?? first.split(".")[0] ?? first,
    ...(version !== undefined && { version }),
    root: folder,
    manifest: parsed.path,
    detail: classes.length > 1 ? `${first} and ${classes.length - 1} more` : first,
  };
}

/** The lines of `[project]`; a whole TOML reader would be much for two texts. */
function projectTable(toml: string | undefined): string {
  const [, after = ""] = toml?.split(/^\[project\][ \t]*\r?$/m) ?? [];
  return after.split(/^\[/m)[0] ?? "";
}

function valueIn(table: string, key: string): string | undefined {
  return new RegExp(`^${key}[ \\t]*=[ \\t]*["']([^"'\\r\\n]+)["']`, "m").exec(table)?.[1];
}
