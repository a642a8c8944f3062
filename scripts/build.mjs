// Bundles the programs into dist/: the language server, the extension and the terminal command. What several of them use, and
// what is loaded late, stands once, in files of its own beside them (`service-….js`).
// `--watch` keeps bundling; `--minify` is for packaging; `--outdir=DIR` puts them elsewhere. Type checking is `tsc -b`'s work.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { context, transform } from "esbuild";
import { late } from "./support/late.mjs";
import { inProject } from "./support/root.mjs";
import { validators } from "./support/validators.mjs";

const { minify, outdir, watch } = parseArgs({
  options: {
    minify: { type: "boolean", default: false },
    outdir: { type: "string", default: inProject("dist") },
    watch: { type: "boolean", default: false },
  },
}).values;
const target = "node20";
/** Folder in dist/ of what web views load. */
const web = "web";
const dist = path.resolve(outdir);

/** esbuild shares code between bundles in ES modules alone; VS Code and `require` want CommonJS, which each file then becomes. */
const asCommonJs = {
  name: "as-commonjs",
  setup: ({ onEnd }) =>
    onEnd(async ({ outputFiles = [], errors }) => {
      if (errors.length > 0) return;
      mkdirSync(dist, { recursive: true });
      const written = new Set((await Promise.all(outputFiles.map(write))).flat());
      for (const name of readdirSync(dist))
        if (!written.has(name) && name !== web) rmSync(path.join(dist, name), { recursive: true });
    }),
};

/** What a file exports is asked for at each use in another: a value is had at once, the getters that esbuild writes are two calls. */
const PLAIN_EXPORTS = 'module.exports = Object.defineProperty({ ...module.exports }, "__esModule", { value: true });';

/** @returns {Promise<string[]>} The names of the files that were written. */
async function write({ path: file, text }) {
  const name = path.basename(file);
  const sourcemap = minify ? false : "external";
  // What is loaded late is there at once when it is asked for: by `require`, in the same turn of the event loop.
  const supported = { "dynamic-import": false };
  const { code, map } = await transform(text, {
    format: "cjs",
    platform: "node",
    target,
    supported,
    minify,
    sourcemap,
    footer: PLAIN_EXPORTS,
  });
  const mode = code.startsWith("#!") ? 0o755 : 0o644;
  if (minify) {
    writeFileSync(path.join(dist, name), code, { mode });
    return [name];
  }
  writeFileSync(path.join(dist, name), `${code}//# sourceMappingURL=${name}.map\n`, { mode });
  writeFileSync(path.join(dist, `${name}.map`), map);
  return [name, `${name}.map`];
}

const bundle = await context({
  entryPoints: {
    server: "server/main.ts",
    client: "client/extension.ts",
    cli: "client/cli/main.ts",
  },
  absWorkingDir: inProject(),
  outdir: dist,
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target,
  external: ["vscode"],
  plugins: [validators, late, asCommonJs],
  mainFields: ["module", "main"],
  write: false,
  sourcemap: minify ? false : "inline",
  minify,
  legalComments: "none",
  logLevel: "warning",
});

const webView = await context({
  entryPoints: { preview: "client/preview/webview/main.ts" },
  absWorkingDir: inProject(),
  outdir: path.join(dist, web),
  bundle: true,
  platform: "browser",
  format: "iife",
  // The Chromium of the oldest VS Code that is supported.
  target: "chrome132",
  sourcemap: minify ? false : "inline",
  minify,
  legalComments: "none",
  logLevel: "warning",
});

for (const one of [bundle, webView]) {
  if (watch) await one.watch();
  else {
    await one.rebuild();
    await one.dispose();
  }
}
