// Compiles the schemas in idle moments after start, one at a time, so that the first file of each kind needn't wait.

import { DEFAULT_SETTINGS, type LanguageService, parseText, SYSTEMS } from "../service/index.js";

/** Milliseconds after `initialized`; the first diagnostics come before. */
const START = 400;

export function warmSchemas(service: LanguageService, ended: () => boolean): void {
  const parsed = parseText("untitled:warm", "");
  const kinds = SYSTEMS.flatMap(({ documents }) => documents);
  const next = () => {
    const kind = kinds.shift();
    if (!kind || ended()) return;
    service.warm({ schema: kind.schema({ parsed, settings: DEFAULT_SETTINGS }) });
    setTimeout(next, 20).unref();
  };
  setTimeout(next, START).unref();
}
