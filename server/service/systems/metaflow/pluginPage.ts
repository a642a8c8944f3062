// A manifest's entrypoint page together with the scripts and styles of its own that it loads, as far as they can be read.

import { dirname } from "../../text/paths.js";
import { remember } from "../../text/remember.js";
import type { Manifest } from "../system.js";
import { referenceTarget } from "./addresses.js";
import { type Page, readPage, withoutComments } from "./page.js";
import { entrypointOf } from "./rules/entrypoint.js";
import { HELPER } from "./words.js";

export interface PluginPage {
  readonly path: string;
  readonly entrypoint: { readonly start: number; readonly end: number };
  readonly page: Page;
  /** The page's text without comments. */
  readonly html: string;
  /** All of its text. */
  readonly source: string;
  /** Inline and loaded code, the helper left out. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  readonly helper: string | undefined;
  /** Whether every script that the page names could be read: only then something can be missing in them. */
  readonly isComplete: boolean;
}

/** Longer scripts are bundles that would cost more to look through than they tell. */
const LARGEST = 500_000;

export const pluginPage = remember((manifest: Manifest): PluginPage | undefined => {
  const entrypoint = entrypointOf(manifest);
  const { folder, workspace } = manifest;
  if (folder === undefined || entrypoint?.target.kind !== "top" || !/\.html?$/i.test(entrypoint.target.name))
    return undefined;
  const path = `${folder}/${entrypoint.target.name}`;
  const html = workspace.files.read(path);
  if (html === undefined) return undefined;
  const page = readPage(html);
  const scripts = page.inline.filter(({ kind }) => kind !== "style").map(({ text }) => text);
  const styles = page.inline.filter(({ kind }) => kind === "style").map(({ text }) => text);
  let helper: string | undefined;
  let isComplete = !page.hasBase;
  for (const { kind, address } of page.hasBase ? [] : page.references) {
    if (kind === "other") continue;
    const target = referenceTarget(address);
    const text = target.kind === "top" ? workspace.files.read(`${dirname(path)}/${target.name}`) : undefined;
    if (text === undefined || text.length > LARGEST) isComplete &&= kind === "style";
    else if (kind === "style") styles.push(text);
    else if (target.kind === "top" && target.name === HELPER) helper = text;
    else scripts.push(text);
  }
  if (scripts.some((text) => /\bimport\b/.test(text))) isComplete = false;
  return {
    path,
    entrypoint: entrypoint.node,
    page,
    html: withoutComments(html),
    source: html,
    scripts,
    styles,
    helper,
    isComplete,
  };
});
