// The class path as text: forms that can't name a class whatever is installed, and the same class listed twice.

import { type Span, spanOf } from "../../../text/node.js";
import { certain } from "../../changes.js";
import type { Fix, Problem } from "../../problem.js";
import { placeOf } from "../../read.js";
import type { Manifest, Misfit, Report, Rule } from "../../system.js";
import { type PluginItem, pluginItems, splitClass } from "../items.js";
import { removeItem } from "../moves.js";
import { pluginsIn, pluginsNear } from "../python/candidates.js";

const HOST =
  "The server splits the text at the last dot, imports the first part and takes the second from it; nothing is caught, so a failure stops its start.";

export const classPathRules: readonly Rule[] = [
  {
    code: "skypilot/class-not-dotted",
    severity: "error",
    title: "a class path without a module",
    host: `${HOST} Text without a dot can't be split (ValueError), and a path that begins with a dot is an empty module name or a relative import.`,
    wrong: "plugins:\n- class: MyPlugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "write the module, a dot and the class",
    refine: withPath,
  },
  {
    code: "skypilot/class-colon",
    each: true,
    severity: "error",
    title: "a colon between module and class",
    host: `${HOST} "pkg.mod:Class" therefore looks for "mod:Class" in "pkg", which isn't there (AttributeError).`,
    wrong: "plugins:\n- class: my_plugin.plugin:MyPlugin\n",
    right: "plugins:\n- class: my_plugin.plugin.MyPlugin\n",
    fix: "write a dot instead of the colon",
    check: (manifest, report) => eachClass(manifest, (item, path) => colon(item, path, report)),
  },
  {
    code: "skypilot/class-blank",
    each: true,
    severity: "error",
    title: "a blank or line break in a class path",
    host: `${HOST} Blanks and line breaks stay in the name; a block scalar (|) ends in one.`,
    wrong: "plugins:\n- class: |\n    my_plugin.MyPlugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "write the path on one line without blanks",
    check: (manifest, report) => eachClass(manifest, (item, path) => blank(item, path, report)),
  },
  {
    code: "skypilot/class-characters",
    each: true,
    severity: "error",
    title: "a class path with characters that no module or class can have",
    host: `${HOST} A slash is no package separator, a class is a Python identifier, and "my_plugin.py" asks for a class "py" in "my_plugin".`,
    wrong: "plugins:\n- class: plugins/my_plugin.MyPlugin\n",
    right: "plugins:\n- class: plugins.my_plugin.MyPlugin\n",
    fix: "write the import path of the module, then the name of the class",
    check: (manifest, report) => eachClass(manifest, (item, path) => characters(item, path, manifest, report)),
  },
  {
    code: "skypilot/class-dash",
    each: true,
    severity: "information",
    title: "a dash in the module of a class path",
    host: "The name of a distribution may have dashes, its module hardly ever does. The server imports by text, so a file with a dash in its name would load; usually the module is spelt with an underscore.",
    wrong: "plugins:\n- class: my-plugin.MyPlugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "write the name of the module, not that of the distribution",
    check: (manifest, report) => eachClass(manifest, (item, path) => dash(item, path, manifest, report)),
  },
  {
    code: "skypilot/class-twice",
    severity: "warning",
    title: "the same class is listed twice",
    host: "Both are built and installed, and the later one replaces the earlier in the registry: routes and middleware stand twice, the list of plugins shows one. No message.",
    wrong: "plugins:\n- class: my_plugin.MyPlugin\n- class: my_plugin.MyPlugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "list the class once",
    check: classTwice,
  },
];

/** The plugins of the workspace that bear the name, or the path without the dots before it. */
function withPath(manifest: Manifest, { place, problem }: Misfit): Problem {
  const item = pluginItems(manifest).find(({ classPair }) => classPair !== undefined && classPair === place.pair);
  const written = item?.className ?? "";
  const bare = written.replace(/^\.+/, "");
  if (!item?.classPair) return problem;
  const paths = isDotted(bare)
    ? [bare]
    : pluginsNear(manifest).flatMap(({ module, name }) => (name === written ? [`${module}.${name}`] : []));
  const [first] = paths;
  const { classPair } = item;
  if (first === undefined) return problem;
  const why = bare === written ? `"${written}" names no module` : `"${written}" begins with a dot`;
  const message = `${why}, so the server fails to start; did you mean "${first}"?`;
  return { ...problem, message, fixes: paths.flatMap((path) => fixesTo(path, classPair)) };
}

function eachClass(manifest: Manifest, visit: (item: PluginItem, path: string) => void): void {
  const seen = new Set<unknown>();
  for (const item of pluginItems(manifest)) {
    if (item.className === undefined || !item.classPair || seen.has(item.classPair)) continue;
    // What stands in braces is filled in before the server reads the file.
    if (item.className.includes("{{")) continue;
    seen.add(item.classPair);
    visit(item, item.className);
  }
}

/** Only paths with a module are judged here; what has none is told by `class-not-dotted`. */
const isDotted = (path: string): boolean => /^[^.]+(\.[^.]+)*\.[^.0-9][^.]*$/.test(path);

function colon({ classPair }: PluginItem, path: string, report: Report): void {
  if (!classPair || !isDotted(path) || !/^[\w.-]+:\w[\w.]*$/.test(path)) return;
  const fixed = path.replace(":", ".");
  report(
    placeOf(classPair),
    `the server looks for the class "${path.slice(path.lastIndexOf(".") + 1)}", colon included, and doesn't start; write "${fixed}"`,
    {
      fixes: certain(fixesTo(fixed, classPair)),
    },
  );
}

function blank({ classPair }: PluginItem, path: string, report: Report): void {
  if (!classPair || !/\s/.test(path) || !isDotted(path)) return;
  const fixed = path.trim();
  const what = /\n/.test(path) ? "a line break" : "a blank";
  report(
    placeOf(classPair),
    `${what} in the class path belongs to the name, so the server finds no such class and doesn't start; write it without`,
    {
      fixes: /\s/.test(fixed) ? [] : certain(fixesTo(fixed, classPair)),
    },
  );
}

function characters({ classPair }: PluginItem, path: string, manifest: Manifest, report: Report): void {
  const parts = splitClass(path);
  if (!classPair || !parts || !isDotted(path) || /\s/.test(path) || /^[\w.-]+:\w[\w.]*$/.test(path)) return;
  const isName = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(parts.name) && !KEYWORDS.has(parts.name);
  const slash = /[\\/]/.test(parts.module);
  // Characters that YAML forbids are told as such.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(path)) return;
  const isOdd = !/\$/.test(path) && /[^\p{L}\p{N}_.-]/u.test(parts.module);
  const isWithin = /(^|\.)py$/.test(parts.module);
  if (isName && !slash && !parts.module.includes(":") && !isOdd && !isFile(parts.name) && !isWithin) return;
  const fixed = withDots(path.replace(/^["'\u2018-\u201f]+|["'\u2018-\u201f]*[,;]?$|\(\)$/g, "")).replace(
    /\.py\./,
    ".",
  );
  const message = isFile(parts.name)
    ? `"${path}" names a file; the server imports the module "${parts.module}" and looks for a class "py" there, so it doesn't start; write the module, a dot and the class`
    : isName && isWithin && !slash && !isOdd
      ? `"${parts.module}" looks like a file; the server imports a module "py" of "${parts.module.slice(0, -3)}", write the path without ".py"`
      : isName
        ? `"${parts.module}" is no module path, so the server can't import it and doesn't start; separate packages by dots`
        : `"${parts.name}" can't be the name of a class, so the server doesn't start; write the module, a dot and the class`;
  const isClass = /^[a-z_]\w*(\.[A-Za-z_]\w*)+$/i.test(fixed) && !isFile(fixed.slice(fixed.lastIndexOf(".") + 1));
  const isSure = !isName || !isWithin || slash || isOdd;
  report(placeOf(classPair), message, {
    ...(isSure ? {} : { severity: "warning" as const }),
    fixes: isFile(parts.name)
      ? pluginsIn(withDots(parts.module), manifest).flatMap((name) =>
          fixesTo(`${withDots(parts.module)}.${name}`, classPair),
        )
      : isClass && fixed !== path
        ? fixesTo(fixed, classPair)
        : [],
  });
}

/** `./plugins/my_plugin` as Python writes it. */
const withDots = (path: string): string => path.replace(/^\.?[\\/]+/, "").replace(/[\\/]/g, ".");

const KEYWORDS = new Set([
  ...["False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del"],
  ...["elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal"],
  ...["not", "or", "pass", "raise", "return", "try", "while", "with", "yield"],
]);

/** `my_plugin.py`: Python's own ending in the place of a class. */
const isFile = (name: string): boolean => name === "py";

function dash({ classPair }: PluginItem, path: string, { folder, workspace }: Manifest, report: Report): void {
  const parts = splitClass(path);
  if (!classPair || !parts || !/^[\w.-]*-[\w.-]*$/.test(parts.module) || !/^\w+$/.test(parts.name)) return;
  const file = `${folder}/${parts.module.replace(/\./g, "/")}`;
  if (
    folder !== undefined &&
    [`${file}.py`, file].some((one) => workspace.files.kind(one) !== "none" && workspace.files.kind(one) !== "unknown")
  )
    return;
  const fixed = `${parts.module.replace(/-/g, "_")}.${parts.name}`;
  report(
    placeOf(classPair),
    `"${parts.module}" looks like the name of a distribution; the server imports a module, which is usually written "${parts.module.replace(/-/g, "_")}"`,
    {
      fixes: fixesTo(fixed, classPair),
    },
  );
}

function classTwice(manifest: Manifest, report: Report): void {
  const first = new Map<string, PluginItem>();
  for (const item of pluginItems(manifest)) {
    const { className, classPair } = item;
    if (className === undefined || !classPair) continue;
    const before = first.get(className);
    if (!before?.classPair) {
      first.set(className, item);
      continue;
    }
    // An alias of the whole item has no class of its own to point at.
    const place = item.node.kind === "alias" ? item.node : placeOf(classPair);
    const removal = item.node.kind === "map" ? removeItem(manifest, item.map) : undefined;
    report(
      place,
      `"${className}" is listed twice; both are installed and the later one replaces the earlier in the registry, remove one`,
      {
        related: [{ message: "listed here first", span: spanOf(placeOf(before.classPair)) }],
        fixes: removal ? [{ title: "Remove this plugin", edits: removal }] : [],
      },
    );
  }
}

/** The one edit that writes `path`, in the quotes that are there. */
export function fixesTo(path: string, { value }: NonNullable<PluginItem["classPair"]>): readonly Fix[] {
  if (value?.kind !== "scalar") return [];
  const span: Span = spanOf(value);
  const newText = value.style === "double" ? `"${path}"` : value.style === "single" ? `'${path}'` : path;
  const edit = value.style === "block" ? { span, newText: `${path}\n` } : { span, newText };
  return [{ title: `Change to ${path}`, edits: [edit] }];
}
