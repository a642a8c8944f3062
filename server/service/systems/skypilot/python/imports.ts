// What a module imports of its own package and what isn't there: Python stops at the first such import, whatever the class is like.
// Only imports that surely run are followed, and only into the module's own package; other packages are the server's affair.

import type { FindModule, LoadedModule } from "./modules.js";
import { absolute, meaningIn } from "./resolve.js";
import type { ImportStatement } from "./scan.js";

export interface FailingImport {
  readonly module: LoadedModule;
  /** An import of what isn't there, or a module that no Python reads. */
  readonly kind: "missing" | "syntax";
  /** One clause: `"pkg" has no module "helper"`. */
  readonly why: string;
  /** Offset in the module's file. */
  readonly start: number;
}

const MAX_MODULES = 60;

/** The first import that fails once `name` is imported; the packages around it are imported before. */
export function failingImport(name: string, find: FindModule): FailingImport | undefined {
  const seen = new Set<string>();
  return visit(name);

  function visit(path: string): FailingImport | undefined {
    const parts = path.split(".");
    for (const step of parts.keys()) {
      const one = parts.slice(0, step + 1).join(".");
      if (seen.has(one) || seen.size >= MAX_MODULES) continue;
      seen.add(one);
      const search = find(one);
      const failed = search.kind === "found" ? inside(search.loaded) : undefined;
      if (failed) return failed;
    }
    return undefined;
  }

  function inside(module: LoadedModule): FailingImport | undefined {
    const { syntaxError } = module.module;
    if (syntaxError) return { module, kind: "syntax", ...syntaxError };
    for (const statement of module.module.imports) {
      const why = failure(statement, module, find);
      if (why !== undefined) return { module, kind: "missing", why, start: statement.start };
      const target = absolute(statement.module, module);
      const further = isOwn(target, module) ? visit(target) : undefined;
      if (further) return further;
    }
    return undefined;
  }
}

const isOwn = (path: string, { name }: LoadedModule): boolean => path.split(".")[0] === name.split(".")[0];

function failure(
  { module: written, names = [] }: ImportStatement,
  module: LoadedModule,
  find: FindModule,
): string | undefined {
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  const depth = module.name.split(".").length - (module.isPackage ? 0 : 1);
  if (dots > depth)
    return depth === 0
      ? `"${module.name}" is in no package, so it can't import "${written}" from beside it`
      : `"${written}" leads out of the package "${module.name.split(".")[0]}"`;
  const target = absolute(written, module);
  if (!isOwn(target, module)) return undefined;
  const search = find(target);
  // What a build makes isn't among the sources.
  if (search.kind === "missing" && MADE.test(search.part)) return undefined;
  if (search.kind === "missing")
    return `"${search.parent}" has no module "${search.part}", which "${module.name}" imports`;
  if (search.kind !== "found") return undefined;
  const absent = names.find((name) => name !== "*" && !MADE.test(name) && isAbsent(name, search.loaded, find));
  return absent && `"${target}" has nothing called "${absent}", which "${module.name}" imports`;
}

const MADE = /^_|version|_pb2|generated/;

function isAbsent(name: string, from: LoadedModule, find: FindModule): boolean {
  if (meaningIn(from, name, find).kind !== "missing") return false;
  return !from.isPackage || find(`${from.name}.${name}`).kind === "missing";
}
