// A module that isn't in the workspace, where one of nearly its name is and holds a plugin of that very class. Another Python
// may have the module as it is written, so it is no error.

import { isSlipOf } from "../../../text/nearest.js";
import { placeOf } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { pluginsNear } from "../python/candidates.js";
import { listedClasses } from "../python/classes.js";
import { fixesTo } from "./classPath.js";

export const misspeltModuleRules: readonly Rule[] = [
  {
    code: "skypilot/module-misspelt",
    severity: "warning",
    title: "the workspace has the class in a module of nearly this name",
    host: "The server imports the module in its own Python and says \"Failed to import plugin module\" where it isn't; the first plugin that fails stops the server's start. Told where the module isn't in the workspace, and one whose name differs by a letter or two has a plugin of the same class name.",
    wrong: "plugins:\n- class: my_plugn.core.MyPlugin  # the folder is my_plugin\n",
    right: "plugins:\n- class: my_plugin.core.MyPlugin\n",
    fix: "correct the name of the module",
    check: misspelt,
  },
];

const MAX_LOOKS = 20;

function misspelt(manifest: Manifest, report: Report): void {
  const unknown = listedClasses(manifest).filter(({ search, module }) => search.kind === "unknown" && !isGiven(module));
  const plugins = unknown.length > 0 ? pluginsNear(manifest) : [];
  for (const { item, module, name } of plugins.length > 0 ? unknown.slice(0, MAX_LOOKS) : []) {
    const [near, ...others] = plugins.filter((one) => one.name === name && isNearly(module, one.module));
    if (!near || others.length > 0 || !item.classPair) continue;
    const path = `${near.module}.${name}`;
    report(
      placeOf(item.classPair),
      `this workspace has no module "${module}", but "${name}" is in "${near.module}"; did you mean "${path}"?`,
      {
        related: [{ message: `"${name}" is here`, path: near.path, span: [near.start, near.start] }],
        fixes: fixesTo(path, item.classPair),
      },
    );
  }
}

/** The same parts but for slips. */
function isNearly(module: string, other: string): boolean {
  const [written, parts] = [module.split("."), other.split(".")];
  const isPart = (part: string, at: number) => part === parts[at] || isSlipOf(part, parts[at] ?? "");
  return module !== other && written.length === parts.length && written.every(isPart);
}

/** What comes with the server; a dash is told by a rule of its own. */
const isGiven = (module: string): boolean => /^sky(\.|$)|-/.test(module);
