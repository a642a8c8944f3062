// Bundles the programs into dist/: the language server, the extension, what of it is loaded on waking, and the terminal command.
// `--watch` keeps bundling; `--minify` is for packaging. Type checking is `tsc -b`'s work, not this script's.
import { context } from "esbuild";

/** The extension requires its larger part when that is needed, as a file beside it. */
const lateLoaded = {
  name: "late-loaded",
  setup: ({ onResolve }) => onResolve({ filter: /^\.\/awake\.js$/ }, ({ path }) => ({ path, external: true })),
};

const flags = new Set(process.argv.slice(2));
const bundle = await context({
  entryPoints: {
    server: "server/main.ts",
    client: "client/extension.ts",
    awake: "client/awake.ts",
    cli: "client/cli/main.ts",
  },
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  plugins: [lateLoaded],
  mainFields: ["module", "main"],
  sourcemap: flags.has("--minify") ? false : "linked",
  minify: flags.has("--minify"),
  legalComments: "none",
  logLevel: "warning",
});

if (flags.has("--watch")) await bundle.watch();
else {
  await bundle.rebuild();
  await bundle.dispose();
}
