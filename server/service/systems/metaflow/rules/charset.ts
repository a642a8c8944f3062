// Rule about the encoding that browsers read a plugin's page in: the service says none.

import type { Fix } from "../../problem.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { type PluginPage, pluginPage } from "../pluginPage.js";
import { inPage } from "./pageNeeds.js";

export const charsetRules: readonly Rule[] = [
  {
    code: "metaflow/charset-missing",
    severity: "warning",
    title: "the page's encoding isn't said",
    host: "The service sends files without a charset, so browsers read a page that says none in their own (windows-1252 in most), and its scripts and style sheets likewise: letters beyond ASCII come out wrong.",
    wrong: "<h1>Läufe</h1>",
    right: '<meta charset="utf-8"><h1>Läufe</h1>',
    fix: 'write <meta charset="utf-8"> at the top of the page\'s head',
    documents: ["manifest"],
    check: charsetMissing,
  },
];

/** Browsers look for it in the first kilobyte. */
const LOOKED_AT = 1024;

function charsetMissing(manifest: Manifest, report: Report): void {
  const found = pluginPage(manifest);
  if (!found || /<meta\b[^>]*\bcharset\s*=/i.test(found.html.slice(0, LOOKED_AT))) return;
  const odd = [found.html, ...found.scripts, ...found.styles].flatMap(
    (text) => /[^\0-\x7f\ufeff]+/.exec(text)?.[0] ?? [],
  )[0];
  // Only then is the file read once more, for its bytes.
  if (odd === undefined || found.html.startsWith("\ufeff") || hasMark(found, manifest)) return;
  report(
    found.entrypoint,
    `the page says no encoding, so browsers read "${odd.slice(0, 20)}" and the like wrongly; write <meta charset="utf-8"> at the top of its head`,
    { related: [inPage(found, [odd])], fixes: [withCharset(found)] },
  );
}

function hasMark({ path }: PluginPage, { workspace }: Manifest): boolean {
  const [first, second] = workspace.files.bytes(path) ?? [];
  return first === 0xef && second === 0xbb;
}

/** Right behind the tag of the head, or what else the page begins with. */
function withCharset({ path, source }: PluginPage): Fix {
  const found = [/<head\b[^>]*>\s*/i, /<html\b[^>]*>\s*/i, /^\s*<!doctype\b[^>]*>\s*/i]
    .map((pattern) => pattern.exec(source))
    .find((match) => match !== null);
  const at = found ? found.index + found[0].length : 0;
  const gap = /\s*$/.exec(found?.[0] ?? "")?.[0] ?? "";
  const edit = { path, span: [at, at] as const, newText: `<meta charset="utf-8">${gap}` };
  return { title: 'Add <meta charset="utf-8"> to the page', edits: [edit] };
}
