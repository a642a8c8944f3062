// What an entrypoint's page loads, and how the rules about it tell of several addresses at once, at the entrypoint.

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
  message: (list: string) => string,
): void {
  const distinct = [...new Set(names)];
  if (!found || distinct.length === 0) return;
  const shown = distinct.slice(0, 3).map((name) => `"${name.slice(0, 80)}"`);
  const more = distinct.length > 3 ? ` and ${distinct.length - 3} more` : "";
  report(found.entrypoint, message(`${shown.join(", ")}${more}`), {
    related: [{ message: "the entrypoint's page", path: found.path, span: [0, 1] }],
  });
}
