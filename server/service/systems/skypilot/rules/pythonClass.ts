// The class in the workspace's Python: whether it is there, is a plugin and can be built.
// Classes that are not in the workspace live in the server's own Python and are not judged.

import { nearest } from "../../../text/nearest.js";
import type { Fix } from "../../problem.js";
import { byCount, listed } from "../../sentence.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { pluginsIn, pluginsNear } from "../python/candidates.js";
import type { ListedClass } from "../python/classes.js";
import { takes } from "../python/parameters.js";
import { at, each, seeClass } from "./atClass.js";
import { fixesTo } from "./classPath.js";

const BASE_PLUGIN = "sky.server.plugins.BasePlugin";
const STOPS = "The first plugin that fails stops the server's start";

export const pythonClassRules: readonly Rule[] = [
  {
    code: "skypilot/module-missing",
    severity: "error",
    title: "the module isn't in its package",
    host: `The server imports the module in its own Python and says "Failed to import plugin module". ${STOPS}. Only reported when the package is in the workspace and the module isn't.`,
    wrong: "plugins:\n- class: my_plugin.plugins.MyPlugin\n",
    right: "plugins:\n- class: my_plugin.plugin.MyPlugin\n",
    fix: "correct the module, or create it",
    check: (manifest, report) => each(manifest, (one) => moduleMissing(one, manifest, report)),
  },
  {
    code: "skypilot/class-nested",
    severity: "error",
    title: "a class inside a class",
    host: `The server takes everything before the last dot for a module, so a class inside a class can't be named; the import fails. ${STOPS}.`,
    wrong: "plugins:\n- class: my_plugin.Outer.Inner\n",
    right: "plugins:\n- class: my_plugin.Inner\n",
    fix: "move the class to the top of its module",
    check: (manifest, report) => each(manifest, (one) => nested(one, report)),
  },
  {
    code: "skypilot/class-missing",
    severity: "error",
    title: "the class isn't in its module",
    host: `The server says "Could not find plugin … class in module …". ${STOPS}. Only reported when the module is in the workspace.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugn\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "correct the name, or define the class",
    check: (manifest, report) => each(manifest, (one) => classMissing(one, manifest, report)),
  },
  {
    code: "skypilot/not-a-class",
    severity: "error",
    title: "the class path names something else than a class",
    host: `The server asks Python whether it is a subclass of BasePlugin, which fails for functions, modules and values (TypeError). ${STOPS}.`,
    wrong: "plugins:\n- class: my_plugin.make_plugin\n",
    right: "plugins:\n- class: my_plugin.MyPlugin\n",
    fix: "name a class",
    check: (manifest, report) => each(manifest, (one) => notAClass(one, manifest, report)),
  },
  {
    code: "skypilot/not-a-plugin",
    severity: "error",
    title: "the class doesn't inherit from BasePlugin",
    host: `The server says "Plugin … must inherit from BasePlugin" (TypeError). ${STOPS}.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # class MyPlugin:\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # class MyPlugin(BasePlugin):\n",
    fix: "derive the class from sky.server.plugins.BasePlugin",
    check: (manifest, report) => each(manifest, (one) => notAPlugin(one, report)),
  },
  {
    code: "skypilot/install-missing",
    severity: "error",
    title: "the class doesn't define install",
    host: `BasePlugin leaves install(context) abstract, so Python refuses to build the class (TypeError). ${STOPS}.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # class MyPlugin(BasePlugin): pass\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # def install(self, extension_context): ...\n",
    fix: "define install in the class or in one of its bases",
    check: (manifest, report) => each(manifest, (one) => abstract(one, report, "install")),
  },
  {
    code: "skypilot/install-signature",
    severity: "error",
    title: "install can't be called with the context alone",
    host: `The server calls install with the context and nothing else; Python refuses other numbers of arguments (TypeError). ${STOPS}.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # def install(self): ...\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # def install(self, extension_context): ...\n",
    fix: "let install take the context as its only argument",
    check: (manifest, report) => each(manifest, (one) => installSignature(one, report)),
  },
  {
    code: "skypilot/install-async",
    severity: "warning",
    title: "install is asynchronous",
    host: "The server calls install and doesn't wait for anything, so the body of an async def never runs; the plugin counts as installed.",
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # async def install(self, extension_context): ...\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # def install(self, extension_context): ...\n",
    fix: "make install an ordinary method",
    check: (manifest, report) => each(manifest, (one) => installAsync(manifest, one, report)),
  },
  {
    code: "skypilot/class-abstract",
    severity: "error",
    title: "the class leaves a method abstract",
    host: `Python refuses to build a class that has abstract methods (TypeError). ${STOPS}.`,
    wrong: "plugins:\n- class: my_plugin.MyPlugin  # @abstractmethod def routes(self)\n",
    right: "plugins:\n- class: my_plugin.MyPlugin  # def routes(self): ...\n",
    fix: "define the method, or list a class that does",
    check: (manifest, report) => each(manifest, (one) => abstract(one, report, "others")),
  },
];

function moduleMissing(one: ListedClass, manifest: Manifest, report: Report): void {
  const { search, outer, module, name } = one;
  if (search.kind !== "missing" || outer !== undefined) return;
  const near = nearest(search.part, search.siblings);
  const beside = near.length > 0 ? [] : pathsOf(manifest, name, search.parent);
  const hint = near[0]
    ? `did you mean "${search.parent}.${near[0]}"?`
    : beside[0]
      ? `did you mean "${beside[0]}"?`
      : "correct the module or create it";
  const message = search.isPackage
    ? `the package "${search.parent}" has no module "${search.part}", so the server can't import it and doesn't start; ${hint}`
    : `"${search.parent}" is a module and holds no module "${search.part}", so the server can't import it and doesn't start; correct the path`;
  const rest = module.slice(`${search.parent}.${search.part}`.length);
  const paths = [...near.map((sibling) => `${search.parent}.${sibling}${rest}.${name}`), ...beside];
  const fixes = paths.flatMap((path) => fixOf(one, path));
  report(at(one), message, { fixes });
}

/** Where a plugin of this name stands, in a package. */
const pathsOf = (manifest: Manifest, name: string, parent: string): readonly string[] =>
  pluginsNear(manifest)
    .filter((one) => one.name === name && one.module.startsWith(`${parent}.`))
    .map((one) => `${one.module}.${name}`);

const fixOf = ({ item }: ListedClass, path: string) => (item.classPair ? fixesTo(path, item.classPair) : []);

function nested(one: ListedClass, report: Report): void {
  if (one.outer === undefined) return;
  report(
    at(one),
    `"${one.outer}" is a class, and a class inside a class can't be named here: the server takes it for a module and doesn't start; move "${one.name}" to the top of its module`,
  );
}

function classMissing(one: ListedClass, manifest: Manifest, report: Report): void {
  const { meaning, module, name } = one;
  if (meaning?.kind !== "missing") return;
  const near = nearest(name, meaning.names);
  const deeper = near.length > 0 ? [] : pathsOf(manifest, name, module);
  const hint = near[0]
    ? `did you mean "${near[0]}"?`
    : deeper[0]
      ? `did you mean "${deeper[0]}"?`
      : "correct the name or define the class";
  report(at(one), `the module "${module}" has no class "${name}", so the server doesn't start; ${hint}`, {
    related: [{ message: `the module "${module}"`, path: meaning.module.path, span: [0, 0] }],
    fixes: [...near.map((other) => `${module}.${other}`), ...deeper].flatMap((path) => fixOf(one, path)),
  });
}

function notAClass(one: ListedClass, manifest: Manifest, report: Report): void {
  if (one.meaning?.kind !== "not-a-class") return;
  const inside = one.meaning.what === "a module" ? pluginsIn(one.path, manifest) : [];
  report(
    at(one),
    `"${one.path}" is ${one.meaning.what}, not a class, so the server doesn't start; name a subclass of BasePlugin`,
    { fixes: inside.flatMap((name) => fixOf(one, `${one.path}.${name}`)) },
  );
}

function notAPlugin(one: ListedClass, report: Report): void {
  if (one.judged?.isPlugin !== false) return;
  report(
    at(one),
    `"${one.name}" doesn't inherit from sky.server.plugins.BasePlugin, so the server doesn't start; derive it from BasePlugin`,
    {
      related: seeClass(one),
    },
  );
}

function abstract(one: ListedClass, report: Report, which: "install" | "others"): void {
  if (which === "install" && (one.path === BASE_PLUGIN || one.meaning?.kind === "base-plugin"))
    report(
      at(one),
      "BasePlugin itself leaves install abstract and can't be built, so the server doesn't start; name the class that you derived from it",
    );
  const missing = (one.judged?.abstract ?? []).filter((name) => (name === "install") === (which === "install"));
  if (missing.length === 0) return;
  report(
    at(one),
    `"${one.name}" doesn't define ${listed(missing)}, so it can't be built and the server doesn't start; define ${byCount(missing, "it", "them")}`,
    {
      related: seeClass(one),
    },
  );
}

function installSignature(one: ListedClass, report: Report): void {
  const install = one.judged?.install;
  if (!install || takes(1, install.parameters)) return;
  report(
    at(one),
    `"install" of "${one.name}" can't be called with the context alone, so the server doesn't start; write "def install(self, extension_context)"`,
    { related: seeClass(one) },
  );
}

function installAsync(manifest: Manifest, one: ListedClass, report: Report): void {
  if (!one.judged?.install?.isAsync) return;
  report(
    at(one),
    `"install" of "${one.name}" is asynchronous and the server doesn't wait for it, so it never runs; make it an ordinary method`,
    { related: seeClass(one), fixes: notAsync(manifest, one) },
  );
}

/** Takes the word away in the Python, where the class itself has the method and nothing in it waits. */
function notAsync({ workspace }: Manifest, { meaning }: ListedClass): readonly Fix[] {
  if (meaning?.kind !== "class") return [];
  const { class: found, module } = meaning;
  const rest = workspace.files.read(module.path)?.slice(found.start) ?? "";
  const body = rest.slice(0, 1 + (/\n(?=[^\s#)])/.exec(rest)?.index ?? rest.length));
  const head = /^([ \t]+)async[ \t]+(?=def[ \t]+install\b)/m.exec(body);
  if (!head || /\b(await|async[ \t]+(for|with))\b/.test(body)) return [];
  const start = found.start + head.index + (head[1] ?? "").length;
  const span = [start, found.start + head.index + head[0].length] as const;
  return [{ title: 'Remove "async" before install', edits: [{ path: module.path, span, newText: "" }] }];
}
