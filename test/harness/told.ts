// What is told of a text by itself, by code and place, whatever the disk says of its file.

import assert from "node:assert/strict";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  type Files,
  NO_FILES,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../server/service/index.js";

const diagnose = createDiagnose();

/** `"code offset"` of each problem. */
export function told(uri: string, text: string, files: Files): string[] {
  const { manifest } = recognise(parseText(uri, text), { ...NO_WORKSPACE, files }, DEFAULT_SETTINGS);
  assert.ok(manifest);
  return diagnose(manifest).map(({ code, span }) => `${code} ${span[0]}`);
}

/** A disk that answers these bytes for each file. */
export const withBytes = (found: Uint8Array | undefined): Files => ({ ...NO_FILES, bytes: () => found });
