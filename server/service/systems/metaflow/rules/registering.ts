// Rule about the message by which a plugin registers, where its page posts it without the helper. Told at the entrypoint.

import { asString, field } from "../../read.js";
import type { Manifest, Report, Rule } from "../../system.js";
import { pluginPage } from "../pluginPage.js";
import { inPage } from "./pageNeeds.js";

export const registeringRules: readonly Rule[] = [
  {
    code: "metaflow/registration-ignored",
    severity: "warning",
    title: "the page ignores this registration",
    host: "PluginRegisterEvent needs a name, which has to be the manifest's, and a version of the form { api: \"1.2.0\" }. The page (1.3.14) ignores the message otherwise, without a word, and the plugin is never shown; with another plugin's name it registers that one.",
    wrong: 'parent.postMessage({ type: "PluginRegisterEvent", name: "notes" }, "*");',
    right: 'parent.postMessage({ type: "PluginRegisterEvent", name: window.name, version: { api: "1.2.0" } }, "*");',
    fix: "send name: window.name and version: { api: … }, or call Metaflow.onReady() of the helper",
    documents: ["manifest"],
    check: registrationIgnored,
  },
];

function registrationIgnored(manifest: Manifest, report: Report): void {
  const found = pluginPage(manifest);
  const name = asString(field(manifest.root, "name", manifest)?.value, manifest);
  // Whoever calls the helper registers by it, whatever else is posted.
  if (!found || name === undefined || found.scripts.some((text) => /\b(onReady|register)\s*\(/.test(text))) return;
  const faults = found.scripts.flatMap((text) => registrationsIn(text).map((one) => faultOf(one, name)));
  const [fault] = faults;
  if (fault === undefined || faults.includes(undefined)) return;
  report(
    found.entrypoint,
    `${fault}, so the plugin is never shown; post name: window.name and version: { api: "1.2.0" }`,
    {
      related: [inPage(found, ["PluginRegisterEvent"])],
    },
  );
}

/** What is wrong with the object that is posted; undefined where it is right, or not all of it can be read. */
function faultOf(literal: string, name: string): string | undefined {
  if (/\.\.\./.test(literal)) return undefined;
  const said = /\bname["']?\s*:\s*(["'`])((?:(?!\1)[^\\$])*)\1/.exec(literal)?.[2];
  if (said !== undefined && said !== name)
    return `the page posts PluginRegisterEvent as "${said}", while the manifest's name is "${name}"`;
  if (!/\bname\b/.test(literal)) return "the page ignores a PluginRegisterEvent without a name";
  if (!/\bversion\b/.test(literal)) return "the page ignores a PluginRegisterEvent without a version";
  if (/\bversion["']?\s*:\s*["'`\d]/.test(literal))
    return "the page ignores a PluginRegisterEvent whose version is no object";
  return undefined;
}

/** Object literals of the type PluginRegisterEvent, braces included. */
function registrationsIn(text: string): readonly string[] {
  return [...text.matchAll(/\btype["']?\s*:\s*["'`]PluginRegisterEvent["'`]/g)].flatMap(({ index }) => {
    const start = openBefore(text, index);
    const end = start === undefined ? undefined : closeBehind(text, start);
    return start === undefined || end === undefined ? [] : [text.slice(start, end)];
  });
}

/** Objects of a message are short; what isn't is something else. */
const LONGEST = 2000;

function openBefore(text: string, at: number): number | undefined {
  let depth = 0;
  for (let i = at - 1; i >= Math.max(0, at - LONGEST); i--) {
    const letter = text.charAt(i);
    if (letter === "}") depth++;
    if (letter === "{" && depth-- === 0) return i;
  }
  return undefined;
}

function closeBehind(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < Math.min(text.length, start + LONGEST); i++) {
    const letter = text.charAt(i);
    if (letter === "{") depth++;
    if (letter === "}" && --depth === 0) return i + 1;
  }
  return undefined;
}
