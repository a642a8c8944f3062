// Code lenses: plain words above a line, from the systems. No commands: every editor can show them.

import type { CodeLens } from "vscode-languageserver-types";
import type { Manifest } from "../systems/system.js";
import { rangeOf } from "../text/parsed.js";

export function lenses(manifest: Manifest): CodeLens[] {
  if (!manifest.settings.codeLens) return [];
  return (manifest.system.lenses?.(manifest) ?? []).map(({ span, title }) => ({
    range: rangeOf(manifest.parsed, span),
    command: { title, command: "" },
  }));
}
