// What an entrypoint's page loads, and how the rules about it tell of several addresses at once, at the entrypoint.

import type { Related } from "../../problem.js";
import { listed } from "../../sentence.js";
import type { Report } from "../../system.js";
import { type Reference, referenceTarget } from "../addresses.js";
import type { PageReference } from "../page.js";
import type { PluginPage } from "../pluginPage.js";

export function targets(
  found: PluginPage | undefined,
): readonly { readonly reference: PageReference; readonly target: Reference }[] {
  if (!found || found.page.hasBase) return [];
  return found.page.references.map((reference) => ({ reference, target: referenceTarget(reference.address) }));
}

export function tell(
  found: PluginPage | undefined,
  report: Report,
  names: readonly string[],
  message: (list: string, names: readonly string[]) => string,
): void {
  const distinct = [...new Set(names)];
  if (!found || distinct.length === 0) return;
  const list = listed(
    distinct.map((name) => name.slice(0, 80)),
    3,
  );
  report(found.entrypoint, message(list, distinct), {
    related: [inPage(found, distinct)],
  });
}

/** Where the page has the first of these words; its beginning where none stands in its own text. */
export function inPage({ path, source }: PluginPage, words: readonly string[]): Related {
  const places = words.flatMap((word) => {
    const plain = word.replace(/\(\)$/, "");
    const at = plain === "" ? -1 : source.indexOf(plain);
    return at < 0 ? [] : [[at, at + plain.length] as const];
  });
  return { message: "the entrypoint's page", path, span: places[0] ?? [0, 1] };
}
