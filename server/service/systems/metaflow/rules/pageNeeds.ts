// What an entrypoint's page loads, and how the rules about it tell of several addresses at once, at the entrypoint.

import type { Fix, Related, TextChange } from "../../problem.js";
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
  fixes: readonly Fix[] = [],
): void {
  const distinct = [...new Set(names)];
  if (!found || distinct.length === 0) return;
  const list = listed(
    distinct.map((name) => name.slice(0, 80)),
    3,
  );
  report(found.entrypoint, message(list, distinct), {
    related: [inPage(found, distinct)],
    ...(fixes.length > 0 && { fixes }),
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

/** The page's edits that write another address where it has this one; none in its comments. */
export function readdressed({ path, source }: PluginPage, address: string, better: string): TextChange[] {
  const comments = [...source.matchAll(/<!--[\s\S]*?(?:-->|$)/g)].map(
    ({ 0: text, index }) => [index, index + text.length] as const,
  );
  return ATTRIBUTES.flatMap((lead) => {
    const found: TextChange[] = [];
    for (const quote of ['"', "'"]) {
      const text = `${lead}${quote}${address}${quote}`;
      for (let at = source.indexOf(text); at >= 0; at = source.indexOf(text, at + 1)) {
        const start = at + lead.length + 1;
        if (comments.some(([from, to]) => from < at && at < to)) continue;
        found.push({ path, span: [start, start + address.length], newText: better });
      }
    }
    return found;
  });
}

const ATTRIBUTES = ["src=", "href="];
