// For esbuild: modules that most starts never need stand in files of their own, and are loaded by the first call of one of
// their functions, in the same turn of the event loop. In the sources they are imported like any other; they may export
// nothing but functions and types.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inProject } from "./root.mjs";

const MODULES = {
  ...ofEachSystem("system", "server/service/systems", "knowledge.ts"),
  globs: "server/service/features/globs.ts",
  // What acts on hosts: a package is made without them, and without the parts of Node.js that they need.
  ...ofEachSystem("hosts", "client/ops/hosts", "index.ts"),
  "local-host": "client/ops/localHost/index.ts",
  unpack: "client/ops/localHost/unpack.ts",
  bundle: "client/ops/pack/openBundle.ts",
  tar: "client/ops/transports/tar.ts",
  git: "client/ops/transports/git/localGit.ts",
  run: "client/ops/transports/outlast.ts",
  trust: "client/ops/transports/trustingFetch.ts",
  doctor: "client/ops/operations/doctor.ts",
  "preview-server": "client/ops/preview/server.ts",
  "preview-site": "client/ops/preview/site.ts",
  "preview-metaflow": "client/ops/preview/metaflow.ts",
};
/** Packages that are asked for by `require` in the sources. */
const PACKAGES = ["acorn"];
/** Parts of Node.js for which the server's packages ask when they are loaded, for functions that it hardly ever calls. */
const PARTS = { names: ["child_process", "crypto"], askedBy: /[\\/]vscode-(languageserver|jsonrpc)[\\/]/ };

/** `system-buntime` and its like: the file of this name in each folder there that has one. */
function ofEachSystem(what, folder, file) {
  const systems = readdirSync(inProject(folder)).filter((name) => existsSync(inProject(folder, name, file)));
  return Object.fromEntries(systems.map((name) => [`${what}-${name}`, `${folder}/${name}/${file}`]));
}

const names = new Map(Object.entries(MODULES).map(([name, file]) => [inProject(file), name]));

export const late = {
  name: "late",
  setup({ initialOptions, onLoad, onResolve }) {
    Object.assign(initialOptions.entryPoints, MODULES, Object.fromEntries(PACKAGES.map((name) => [name, name])));
    onResolve({ filter: /^\..*\.js$/ }, ({ path: to, kind, namespace, resolveDir }) => {
      if (namespace === "late") return { path: to, external: true };
      const name = names.get(path.join(resolveDir, to).replace(/\.js$/, ".ts"));
      return kind === "import-statement" && name !== undefined ? { path: name, namespace: "late" } : undefined;
    });
    onResolve({ filter: new RegExp(`^(${PACKAGES.join("|")})$`) }, ({ path: name, kind }) =>
      kind === "require-call" ? { path: `./${name}.js`, external: true } : undefined,
    );
    onResolve({ filter: new RegExp(`^(${PARTS.names.join("|")})$`) }, ({ path: name, kind, importer }) =>
      kind === "require-call" && PARTS.askedBy.test(importer) ? { path: name, namespace: "part" } : undefined,
    );
    onLoad({ filter: /./, namespace: "part" }, ({ path: name }) => ({ contents: lazily(name) }));
    onLoad({ filter: /./, namespace: "late" }, ({ path: name }) => ({ contents: standInFor(name) }));
  },
};

/** A part of Node.js that is loaded when one of its functions is asked for. */
const lazily = (name) => `module.exports = new Proxy({}, { get: (_, key) => require("node:${name}")[key] });`;

const FUNCTION = /^export (?:async function|function|const) (\w+)/gm;
const OTHER = /^export (?!async function|function|const \w+ = (async )?\(|type|interface).*/m;

function standInFor(name) {
  const source = readFileSync(inProject(MODULES[name]), "utf8");
  const other = OTHER.exec(source);
  if (other) throw new Error(`${MODULES[name]} is loaded late, so it may export nothing but functions: ${other[0]}`);
  const functions = [...source.matchAll(FUNCTION)].map(([, one]) => one);
  // Some functions are called for each of thousands of files: looking the module up again takes longer than many of them.
  return [
    "let loaded;",
    `const load = () => (loaded ??= require("./${name}.js"));`,
    ...functions.map((one) => `export const ${one} = (...given) => load().${one}(...given);`),
  ].join("\n");
}
