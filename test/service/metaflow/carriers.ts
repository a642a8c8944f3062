// A PLUGINS value in other files: values to put there, two of the forms around them, and the manifest found in such a file.

import assert from "node:assert/strict";
import {
  DEFAULT_SETTINGS,
  type Files,
  type Manifest,
  NO_FILES,
  NO_WORKSPACE,
  type Parsed,
  parseText,
  recognise,
} from "../../../server/service/index.js";

export const ADDRESS = "https://git.example.org/ui/a.git";
export const LINE = `{"a": {"repository": "${ADDRESS}", "parameters": {"note": "it's # 5: $ \\\\ \\"x\\""}}, "b": {"reff": 1}}`;
export const SHORT = `{"a":{"repository":"${ADDRESS}"},"b":{"reff":1}}`;
export const LINES = `{\n  "a": {\n    "repository": "${ADDRESS}"\n  },\n  "b": {\n    "reff": 1\n  }\n}`;

export const double = (text: string, also = /["\\$]/g) => `"${text.replace(also, "\\$&")}"`;
export const indented = (text: string, blank: string) => text.replace(/^/gm, blank);
export const kubernetes = (value: string) =>
  `kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - env:\n            - name: A\n              value: b\n            - name: PLUGINS\n              value: ${value}\n            - name: C\n`;
export const compose = (value: string) =>
  `services:\n  ui:\n    environment:\n      A: b\n      PLUGINS: ${value}\n      C: d\n`;

/** The file's text with a word of the service before it, where the file can have comments. */
export const speaking = (path: string, text: string) => (path.endsWith(".json") ? text : `# metaflow\n${text}`);

export function recognised(outer: Parsed, files: Files = NO_FILES) {
  return recognise(outer, { ...NO_WORKSPACE, files }, DEFAULT_SETTINGS);
}

export function opened(
  path: string,
  text: string,
  files: Files = NO_FILES,
): { readonly manifest: Manifest; readonly outer: Parsed } {
  const outer = parseText(`file://${path}`, text);
  const { embedded, reason } = recognised(outer, files);
  const [manifest] = embedded;
  assert.ok(manifest, reason);
  return { manifest, outer };
}

/** Without what means nothing in JSON: blanks, and the other way to write some letters. */
export function squeezed(text: string): string {
  return text
    .replace(/\\u00(2[0-9a-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\s+/g, "");
}
