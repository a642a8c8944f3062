// Rules about what is in the entry file and the page, read by eye of their text: code that exports nothing, packages that
// an upload leaves behind, addresses that lead out of the plugin. Files that can't be read are not judged.

import { dirname, resolve } from "../../../text/paths.js";
import { addField } from "../../addition.js";
import { asMap, asScalar, asValue } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { entryPath, FALLBACKS, firstFile, isBuilt, isThere, nearFiles } from "../entries.js";
import { directoryOf, graphOf } from "../graph.js";
import { packagesIn, withoutComments } from "../javascript.js";
import { ownBase } from "../ownNames.js";
import { mayBeMeant } from "../spelling.js";
import { judgedFile } from "../syntax.js";
import { headOf, topField, topText } from "../tree.js";

export const codeRules: readonly Rule[] = [
  {
    code: "buntime/entry-syntax",
    severity: "error",
    title: "the entry has a syntax error",
    host: "The first reload answers and leaves the plugin out, with its dependents. On Bun 1.3 every later reload with the same file never answers, and the plugins behind it stay unloaded until the file is corrected or the plugin deleted (Buntime v0.5.4).",
    wrong: "export default { routes;   // in the entry",
    right: "export default { routes };",
    fix: "correct the entry, or build it again",
    documents: ["manifest"],
    check: checkSyntax,
  },
  {
    code: "buntime/import-missing",
    severity: "error",
    title: "the entry imports a file that doesn't exist",
    host: "The import fails at each load: the plugin fails, and its dependents are skipped.",
    wrong: 'import { store } from "./stroe.js";   // in the entry',
    right: 'import { store } from "./store.js";',
    fix: "correct the import, or build the entry again",
    documents: ["manifest"],
    check: checkImported,
  },
  {
    code: "buntime/entry-not-a-plugin",
    severity: "error",
    title: "the entry exports null or a text",
    host: "The default export, or the module itself, must be a function or an object; null and a text make the plugin fail, and its dependents are skipped.",
    wrong: "export default null;   // in the entry",
    right: "export default () => ({ routes });",
    fix: "export a function that returns the plugin, or the plugin itself",
    documents: ["manifest"],
    check: checkNothing,
  },
  {
    code: "buntime/entry-without-export",
    severity: "warning",
    title: "the entry exports nothing",
    host: "A module without exports is loaded as an empty plugin: no routes, no hooks, no message.",
    wrong: "const plugin = { routes };   // the whole entry",
    right: "export default { routes };",
    fix: "export the plugin by default",
    documents: ["manifest"],
    check: checkExport,
  },
  {
    code: "buntime/entry-imports-package",
    severity: "information",
    title: "the built entry imports a package that isn't in the plugin's folder",
    host: "Packages are looked up in node_modules of the plugin's folder and above it. A package of the workspace isn't there after an upload: the import fails, and with it the plugin.",
    wrong: 'import { Hono } from "hono";   // in dist/plugin.js',
    right: "bun build src/plugin.ts --target bun --outdir dist",
    fix: "bundle the entry to one file, packages included",
    documents: ["manifest"],
    check: checkPackages,
  },
  {
    code: "buntime/routes-without-base",
    severity: "information",
    title: "the code has routes, the manifest no base",
    host: "Beside another plugin with routes, a plugin that exports `routes` without a base makes the host answer 500 to all but its API. The code may set the base itself. A warning where such a plugin stands in the same plugins directory.",
    wrong: "name: notes   # whose code exports routes",
    right: "name: notes\nbase: /notes",
    fix: "add `base`",
    documents: ["manifest"],
    check: checkRoutes,
  },
  {
    code: "buntime/inject-base-without-head",
    severity: "warning",
    title: "`injectBase` finds no `<head>`",
    host: "The base tag is put right behind a literal `<head>`. A head with attributes, or a page without one, is sent as it is.",
    wrong: 'injectBase: true   # <head lang="en"> in the page',
    right: "injectBase: true   # <head> in the page",
    fix: "write `<head>` without attributes in the page",
    documents: ["manifest"],
    check: checkHead,
  },
  {
    code: "buntime/page-leaves-base",
    severity: "warning",
    title: "the page asks the site's root for files of the plugin",
    host: 'The page is served below the base, so "/assets/app.js" goes to whatever stands at the root of the site. Relative addresses count from the page; `injectBase` doesn\'t change addresses that begin with a slash.',
    wrong: '<script src="/assets/app.js"></script>',
    right: '<script src="./assets/app.js"></script>',
    fix: "build the page with relative addresses",
    documents: ["manifest"],
    check: checkAddresses,
  },
];

interface Code {
  readonly text: string;
  readonly path: string;
  readonly shown: string;
  readonly where: { readonly start: number; readonly end: number } | readonly [number, number];
}

const MAX_TEXT = 200_000;

type Place = Omit<Code, "text">;

/** The file that a host would run. */
function placeOfCode(manifest: Manifest): Place | undefined {
  const { folder, workspace } = manifest;
  if (folder === undefined) return undefined;
  const { files } = workspace;
  const node = asScalar(topField(manifest, "pluginEntry")?.value);
  const entry = topText(manifest, "pluginEntry");
  const isFile = entry && files.kind(entryPath(folder, entry)) === "file";
  const shown = isFile ? entry : firstFile(folder, FALLBACKS, files);
  if (!shown) return undefined;
  return { path: entryPath(folder, shown), shown, where: isFile && node ? node : headOf(manifest) };
}

/** The same with its text, where it can be read whole. */
function codeOf(manifest: Manifest): Code | undefined {
  const place = placeOfCode(manifest);
  const text = place && manifest.workspace.files.read(place.path);
  return place && text !== undefined && text.length <= MAX_TEXT ? { ...place, text } : undefined;
}

function checkSyntax(manifest: Manifest, report: Report): void {
  const place = placeOfCode(manifest);
  const mistake = place && judgedFile(place.path, manifest.workspace.files).mistake;
  if (!place || !mistake) return;
  const isOff = asValue(topField(manifest, "enabled")?.value, manifest) === false;
  report(
    place.where,
    `"${place.shown}" has a syntax error in line ${mistake.line} (${mistake.message}): the plugin fails, and the host's next reload may never answer; correct it or build it again`,
    {
      ...(isOff && { severity: "warning" }),
      related: [{ message: mistake.message, path: place.path, span: [mistake.offset, mistake.offset + 1] }],
    },
  );
}

function checkImported(manifest: Manifest, report: Report): void {
  const place = placeOfCode(manifest);
  if (!place) return;
  const { files } = manifest.workspace;
  const missing = judgedFile(place.path, files).imports.find(
    ({ from }) => /^\.{1,2}\/[^?#]+$/.test(from) && isThere(place.path, from, files) === false,
  );
  if (!missing) return;
  report(
    place.where,
    `"${place.shown}" imports "${missing.from}", which doesn't exist, so the plugin fails to load; correct the import or build the entry again`,
    {
      related: [
        {
          message: "imported here",
          path: place.path,
          span: [missing.offset, missing.offset + missing.from.length + 2],
        },
      ],
      fixes: nearFiles(place.path, missing.from, files).map((from) => ({
        title: `Import "${from}" there`,
        edits: [
          {
            path: place.path,
            span: [missing.offset + 1, missing.offset + 1 + missing.from.length] as const,
            newText: from,
          },
        ],
      })),
    },
  );
}

function checkNothing(manifest: Manifest, report: Report): void {
  const code = codeOf(manifest);
  const match = code && /^export default (null|"[^"\n]*"|'[^'\n]*')\s*;?\s*$/m.exec(withoutComments(code.text));
  if (!code || !match) return;
  report(
    code.where,
    `"${code.shown}" exports ${match[1]}, with which the plugin fails to load; export a function or an object`,
  );
}

function checkExport(manifest: Manifest, report: Report): void {
  const code = codeOf(manifest);
  if (!code || /\bexports?\b/.test(code.text)) return;
  report(code.where, `"${code.shown}" exports nothing and loads as an empty plugin; export the plugin by default`);
}

function checkPackages(manifest: Manifest, report: Report): void {
  const code = codeOf(manifest);
  const { folder, workspace } = manifest;
  if (!code || folder === undefined || !isBuilt(code.shown)) return;
  const own = asMap(manifest.root) && topText(manifest, "name");
  const missing = packagesIn(code.text).find(
    (name) => name !== own && workspace.files.kind(`${folder}/node_modules/${name}`) === "none",
  );
  if (missing === undefined) return;
  report(
    code.where,
    `"${code.shown}" imports "${missing}", which a host doesn't have unless node_modules goes along; bundle it into the entry`,
  );
}

function checkRoutes(manifest: Manifest, report: Report): void {
  if (topField(manifest, "base") || !asMap(manifest.root) || mayBeMeant(manifest, "base")) return;
  const code = codeOf(manifest);
  // Code that mentions a base may set it.
  if (!code || isBuilt(code.shown) || !hasRoutes(code) || /\bbase\b/.test(code.text)) return;
  const base = ownBase(manifest);
  const other = routedBeside(manifest);
  const beside = other === undefined ? "beside another such plugin" : `beside "${other}", which has routes too`;
  report(
    headOf(manifest),
    `"${code.shown}" has routes but the manifest no base, with which a host answers 500 to everybody ${beside}; add "base"`,
    {
      ...(other !== undefined && { severity: "warning" }),
      fixes: base === undefined ? [] : addField(manifest, asMap(manifest.root), "base", base),
    },
  );
}

/** Native routes below `server` need no base. */
const hasRoutes = ({ text }: Code): boolean =>
  /(^|[{,\s])routes\s*[:,}]/.test(withoutComments(text)) && !/\bserver\b/.test(text);

/** An enabled plugin of the same plugins directory whose code surely has routes. */
function routedBeside(manifest: Manifest): string | undefined {
  const { own, plugins } = graphOf(manifest);
  if (!own?.enabled) return undefined;
  return plugins.find((one) => {
    if (one === own || !one.enabled || directoryOf(one) !== directoryOf(own)) return false;
    const other = manifest.workspace.open(one.path);
    const code = other && codeOf(other);
    return code !== undefined && hasRoutes(code);
  })?.name;
}

/** The page as it is on disk. */
function pageOf(
  manifest: Manifest,
): { readonly text: string; readonly path: string; readonly shown: string } | undefined {
  const { folder, workspace } = manifest;
  const shown = topText(manifest, "entrypoint");
  if (folder === undefined || !shown?.endsWith(".html")) return undefined;
  const path = entryPath(folder, shown);
  const text = workspace.files.read(path);
  return text === undefined || text.length > MAX_TEXT ? undefined : { text, path, shown };
}

function checkHead(manifest: Manifest, report: Report): void {
  const pair = topField(manifest, "injectBase");
  const page = asValue(pair?.value, manifest) === true ? pageOf(manifest) : undefined;
  if (!pair?.value || !page || page.text.trim() === "" || page.text.includes("<head>")) return;
  const has = /<head[\s>]/i.test(page.text) ? "has a head of another form" : "has no head";
  report(pair.value, `"${page.shown}" ${has}, so no base tag is put in; write "<head>" without attributes there`);
}

function checkAddresses(manifest: Manifest, report: Report): void {
  const node = asScalar(topField(manifest, "entrypoint")?.value);
  const base = topText(manifest, "base");
  const page = base?.startsWith("/") && base !== "/" ? pageOf(manifest) : undefined;
  if (!node || !page) return;
  const { files } = manifest.workspace;
  for (const [, , address = ""] of page.text.matchAll(
    /<(?:script|link|img)\b[^<>]*?\s(src|href)=["']?(\/[^/"'\s>?#][^"'\s>?#]*)/gi,
  )) {
    if (address === base || address.startsWith(`${base}/`)) continue;
    // Only what stands beside the page was surely meant to come from the plugin.
    if (files.kind(resolve(dirname(page.path), `.${address}`)) !== "file") continue;
    report(
      node,
      `"${page.shown}" loads "${address}" from the root of the site, not from below "${base}"; build it with relative addresses`,
    );
    return;
  }
}
