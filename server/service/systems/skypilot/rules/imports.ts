// What the plugin's own modules import of each other and what isn't there.

import { placeOf } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { listedClasses } from "../python/classes.js";
import { failingImport } from "../python/imports.js";
import { moduleFinder } from "../python/modules.js";

export const importRules: readonly Rule[] = [
  {
    code: "skypilot/import-missing",
    severity: "error",
    title: "the module imports something of its package that isn't there",
    host: `The server says "Failed to import plugin module" for every ImportError, also one inside the plugin. The first plugin that fails stops the server's start. Only imports of the plugin's own package are looked at, and only those that run whenever the module is imported: not in a function, nor below if or try.`,
    wrong: "plugins:\n- class: my_plugin.plugin.MyPlugin  # from .helpers import log\n",
    right: "plugins:\n- class: my_plugin.plugin.MyPlugin  # from .helper import log\n",
    fix: "correct the import, or add the module to the package",
    check: importMissing,
  },
];

function importMissing(manifest: Manifest, report: Report): void {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  for (const { item, module, search } of listedClasses(manifest)) {
    const failed = search.kind === "found" ? failingImport(module, find) : undefined;
    if (!failed || !item.classPair) continue;
    const { why, statement } = failed;
    report(
      placeOf(item.classPair),
      `${why}, so the server can't import "${module}" and doesn't start; correct the import`,
      { related: [{ message: "the import", path: failed.module.path, span: [statement.start, statement.start] }] },
    );
  }
}
