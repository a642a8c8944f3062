// What keeps Python from importing the plugin's own modules: what they import of each other and isn't there, and what it can't read.

import { basename } from "../../../text/paths.js";
import { remember } from "../../../text/remember.js";
import { placeOf } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { listedClasses } from "../python/classes.js";
import { type FailingImport, failingImport } from "../python/imports.js";
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
    check: (manifest, report) => eachFailing(manifest, "missing", report),
  },
  {
    code: "skypilot/python-syntax",
    severity: "error",
    title: "Python can't read a module of the plugin",
    host: `The server imports the module when it starts; a SyntaxError or IndentationError there, or in a module of the same package that it imports, stops the start. Only what is certain is told: brackets and quotes that stay open, a missing colon, an indentation that fits nothing.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # class MyPlugin(BasePlugin)\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # class MyPlugin(BasePlugin):\n",
    fix: "mend the line that is named",
    check: (manifest, report) => eachFailing(manifest, "syntax", report),
  },
];

/** Looked for once for both rules. */
const failingImports = remember((manifest: Manifest) => {
  const find = moduleFinder(manifest.folder, manifest.workspace);
  return listedClasses(manifest).flatMap(({ item, module, search }) => {
    const failed = search.kind === "found" ? failingImport(module, find) : undefined;
    return failed && item.classPair ? [{ failed, module, place: placeOf(item.classPair) }] : [];
  });
});

function eachFailing(manifest: Manifest, kind: FailingImport["kind"], report: Report): void {
  for (const { failed, module, place } of failingImports(manifest)) {
    if (failed.kind !== kind) continue;
    const { why, start } = failed;
    const { path } = failed.module;
    const stops = `so the server can't import "${module}" and doesn't start`;
    const related = (message: string) => ({ related: [{ message, path, span: [start, start] as const }] });
    if (kind === "missing") report(place, `${why}, ${stops}; correct the import`, related("the import"));
    else {
      const line = (manifest.workspace.files.read(path) ?? "").slice(0, start).split("\n").length;
      report(place, `line ${line} of ${basename(path)}: ${why}, ${stops}; mend that line`, related("the line"));
    }
  }
}
