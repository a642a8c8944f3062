// Rule about what a page does that its frame's sandbox forbids unless the entry of PLUGINS has a token for it. Told only where
// the workspace knows the plugin's entry: the tokens of others are unknown.

import type { Manifest, Report, Rule } from "../../system.js";
import { sandboxOf } from "../facts.js";
import { pluginPage } from "../pluginPage.js";
import { inPage } from "./pageNeeds.js";

export const sandboxTokenRules: readonly Rule[] = [
  {
    code: "metaflow/sandbox-token-missing",
    severity: "warning",
    title: "the sandbox forbids what the page does",
    host: "The page's frame has sandbox=\"allow-scripts\" and what stands in parameters.sandbox of its PLUGINS entry. Without a token for it the browser opens no window, shows no dialog, submits no form (the submit event doesn't come either) and saves no download, with a line in its console.",
    wrong: '"run-notes": {}',
    right: '"run-notes": { "parameters": { "sandbox": "allow-popups" } }',
    fix: "add the token to parameters.sandbox of the plugin's entry in PLUGINS, or do without",
    documents: ["manifest"],
    check: tokenMissing,
  },
];

interface Need {
  readonly token: string;
  readonly what: string;
  readonly pattern: RegExp;
}

const NEEDS: readonly Need[] = [
  {
    token: "allow-popups",
    what: "opens windows",
    pattern: /(?<![\w$.])window\.open\s*\(|<a\b[^<>]*\btarget\s*=\s*\\?["']?_blank\b/i,
  },
  {
    token: "allow-modals",
    what: "shows dialogs",
    pattern: /(?<![\w$.])(?:window\.)?(?:alert|confirm|prompt)\s*\(\s*(?:["'`]|\w+\s*[+)])/,
  },
  { token: "allow-forms", what: "submits a form", pattern: /<form\b(?![^<>]*\bmethod\s*=\s*\\?["']?dialog)/i },
  { token: "allow-downloads", what: "offers a download", pattern: /<a\b[^<>]*\sdownload\b/i },
];

/** Functions of a page's own by the names of the browser's. */
const OWN = /\b(?:function\s+|(?:const|let|var)\s+)(?:alert|confirm|prompt)\b/;

function tokenMissing(manifest: Manifest, report: Report): void {
  const sandbox = sandboxOf(manifest);
  const found = sandbox === undefined ? undefined : pluginPage(manifest);
  if (!found || sandbox === undefined) return;
  const tokens = sandbox.toLowerCase().split(/\s+/);
  const texts = [found.html, ...found.scripts];
  const missing = NEEDS.filter(
    ({ token, pattern }) =>
      !tokens.includes(token) &&
      texts.some((text) => pattern.test(text)) &&
      !(token === "allow-modals" && texts.some((text) => OWN.test(text))),
  );
  if (missing.length === 0) return;
  const what = missing.map((one) => one.what).join(", ");
  const wanted = missing.map(({ token }) => token).join(" ");
  report(
    found.entrypoint,
    `the page ${what}, which its sandbox forbids; add "${wanted}" to parameters.sandbox of the plugin's entry in PLUGINS`,
    {
      related: [
        inPage(
          found,
          missing.flatMap(({ pattern }) => pattern.exec(found.source)?.[0] ?? []),
        ),
      ],
    },
  );
}
