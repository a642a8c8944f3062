// Rule about calls of the helper that the page never answers. Told at the manifest's entrypoint, as every rule about its page.

import type { Manifest, Report, Rule } from "../../system.js";
import { pluginPage } from "../pluginPage.js";
import { tell } from "./pageNeeds.js";

export const helperCallRules: readonly Rule[] = [
  {
    code: "metaflow/call-without-effect",
    severity: "information",
    title: "this call of the helper has no effect",
    host: "The page (1.3.14) fills the data paths metadata, run-metadata and task-info alone, so functions that subscribe to others, info and run-info included, are never called; Metaflow.parameters is the whole entry; it accepts remove() and does nothing, ignores a height that is no number, and shows no notification of a type that it doesn't know. register() with a function alone sends nothing: the function is its second argument.",
    wrong: "Metaflow.subscribeToInfo(show);",
    right: "Metaflow.subscribeToTaskInfo((message) => show(message.data));",
    fix: "use subscribeToTaskInfo(), subscribeToMetadata() or subscribeToRunMetadata(); setVisibility(false) hides the plugin; give setHeight() a number",
    documents: ["manifest"],
    check: withoutEffect,
  },
];

interface Call {
  readonly pattern: RegExp;
  /** How it is called in the message; `$1` is what the pattern caught. */
  readonly name: string;
  readonly said: (list: string) => string;
}

const neverFilled = (list: string) =>
  `the page never answers ${list}; use subscribeToTaskInfo() or subscribeToRunMetadata()`;

const CALLS: readonly Call[] = [
  { pattern: /\bMetaflow\.(subscribeToInfo|subscribeToRunInfo)\s*\(/g, name: "$1()", said: neverFilled },
  {
    pattern:
      /\bMetaflow\.subscribe\s*\(\s*(?:\[\s*)?["'`](?!(?:metadata|run-metadata|task-info)["'`])([\w-]+)["'`]\s*(?:\]\s*)?,/g,
    name: "subscribe($1)",
    said: neverFilled,
  },
  {
    pattern:
      /\bMetaflow\.parameters\.(?!(?:identifier|name|repository|ref|parameters|config|files|visible|useApplicationStyles)\b)([A-Za-z_]\w*)(?!\w*\s*\()/g,
    name: "Metaflow.parameters.$1",
    said: (list) =>
      `${list} is undefined: Metaflow.parameters is the whole entry, and its parameters are in Metaflow.parameters.parameters`,
  },
  {
    pattern: /\bMetaflow\.(remove)\s*\(/g,
    name: "$1()",
    said: (list) => `the page does nothing on ${list}; setVisibility(false) hides the plugin`,
  },
  {
    pattern: /\bMetaflow\.(setHeight)\s*\(\s*["'`]/g,
    name: "$1()",
    said: (list) => `the page ignores a text in ${list}; give a number of pixels, or nothing`,
  },
  {
    pattern:
      /\bMetaflow\.(?:sendNotification\s*\(|call\s*\(\s*["'`]SEND_NOTIFICATION["'`]\s*,)\s*\{[^{}]*\btype\s*:\s*["'](?!(?:success|info|warning|danger|default)["'])([\w-]+)["']/g,
    name: "$1",
    said: (list) =>
      `the page shows no notification of the type ${list}; it knows success, info, warning, danger and default`,
  },
  {
    pattern: /\bMetaflow\.(register)\s*\(\s*(?:(?:async\s*)?\([^()]*\)\s*=>|(?:async\s+)?function\b|[\w$]+\s*=>)/g,
    name: "$1()",
    said: (list) => `${list} takes its function as second argument and so sends nothing; call onReady() with it`,
  },
];

function withoutEffect(manifest: Manifest, report: Report): void {
  const found = pluginPage(manifest);
  for (const said of new Set(CALLS.map((call) => call.said))) {
    const names = CALLS.filter((call) => call.said === said).flatMap(({ pattern, name }) =>
      (found?.scripts ?? []).flatMap((text) =>
        [...text.matchAll(pattern)].map((match) => name.replace("$1", match[1] ?? "")),
      ),
    );
    tell(found, report, names, said);
  }
}
