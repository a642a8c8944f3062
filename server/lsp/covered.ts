// Steps back from what another extension in the same editor says already, and keeps what only we know.

import type { Diagnostic } from "vscode-languageserver/node";
import type { Covered } from "../protocol.js";
import type { Manifest } from "../service/index.js";

/** Problems that Red Hat's YAML extension or VS Code's JSON service shows too are left to them. */
export function withoutCovered(manifest: Manifest, diagnostics: readonly Diagnostic[], covered: Covered): Diagnostic[] {
  // What others see there is the outer file alone.
  if (manifest.parsed.embedding) return [...diagnostics];
  const left = new Set<string>();
  if (manifest.parsed.syntax === "json" ? covered.jsonSyntax : covered.yamlSyntax)
    for (const code of SYNTAX) left.add(code);
  if (isShapeCovered(manifest, covered)) for (const code of SHAPE) left.add(code);
  return diagnostics.filter(({ code, message }) => {
    const generic = String(code).slice(String(code).indexOf("/") + 1);
    return !left.has(generic) || OURS_ALONE.test(String(message));
  });
}

/** Whether another extension completes keys and explains them by a public schema of this document. */
export const isShapeCovered = ({ kind }: Manifest, covered: Covered): boolean =>
  kind.hasPublicSchema === true && covered.kustomizationSchema;

const SYNTAX = ["syntax", "duplicate-key"];
const SHAPE = ["unknown-field", "wrong-type", "missing-field"];

/** What a tolerant editor service lets pass although the host refuses it. */
const OURS_ALONE = /byte order mark/;
