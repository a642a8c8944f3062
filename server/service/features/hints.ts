// Inlay hints: a word or two behind a value, from the systems.

import type { InlayHint, Range } from "vscode-languageserver-types";
import type { Manifest } from "../systems/system.js";

export function hints(manifest: Manifest, range?: Range): InlayHint[] {
  const { inlayHints } = manifest.settings;
  if (Object.values(inlayHints).every((isOn) => !isOn)) return [];
  return (manifest.system.hints?.(manifest) ?? [])
    .filter(({ kind }) => inlayHints[kind])
    .map(({ at, text, tooltip }) => ({
      position: manifest.parsed.document.positionAt(at),
      label: text,
      paddingLeft: true,
      ...(tooltip !== undefined && { tooltip }),
    }))
    .filter(({ position }) => !range || (range.start.line <= position.line && position.line <= range.end.line));
}
