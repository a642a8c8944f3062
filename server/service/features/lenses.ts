// Code lenses: plain words above a line, from the systems. No commands: every editor can show them.

import type { CodeLens } from "vscode-languageserver-types";
import type { Manifest } from "../systems/system.js";
import { rangeOf } from "../text/parsed.js";

export function lenses(manifest: Manifest): CodeLens[] {
  const { parsed, settings, system } = manifest;
  if (Object.values(settings.codeLens).every((isOn) => !isOn)) return [];
  return (system.lenses?.(manifest) ?? [])
    .filter(({ kind }) => settings.codeLens[kind])
    .map(({ span, title }) => ({ range: rangeOf(parsed, span), command: { title, command: "" } }));
}
