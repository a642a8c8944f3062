// A file of Metaflow UI plugins judged by itself, as the tables of what the service and its page do name problems.

import assert from "node:assert/strict";
import {
  createDiagnose,
  DEFAULT_SETTINGS,
  type Files,
  NO_FILES,
  NO_WORKSPACE,
  parseText,
  recognise,
} from "../../../server/service/index.js";

export const FOLDER = "/w/installed/notes";

/** A sound manifest with further keys behind its own. */
export const keys = (more: string) =>
  `{ "name": "notes", "version": "1.0.0", "entrypoint": "index.html", "slot": "header"${more && `, ${more}`} }`;

const diagnose = createDiagnose();

/** Codes without the system, after the first letter of their severity: "e missing-field". */
export function problems(path: string, text: string, files: Files = NO_FILES): string[] {
  const settings = {
    ...DEFAULT_SETTINGS,
    associations: { [path]: `metaflow/${path.includes("installed") ? "manifest" : "plugins"}` },
  };
  const { manifest, reason } = recognise(parseText(`file://${path}`, text), { ...NO_WORKSPACE, files }, settings);
  assert.ok(manifest, reason);
  const found = diagnose(manifest).map(({ severity, code }) => `${severity[0]} ${code.replace("metaflow/", "")}`);
  return [...new Set(found)];
}
