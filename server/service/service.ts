// The language service as a feature list: recognise a file, then ask for problems, completions, hovers and the rest.
// Pure: what it knows of the world comes in through `Workspace`.

import type { Diagnostic } from "vscode-languageserver-types";
import { createDiagnose } from "./features/diagnose.js";
import { toDiagnostics } from "./features/diagnostics.js";
import { createValidator } from "./schema/validate.js";
import type { Manifest } from "./systems/system.js";

export interface LanguageService {
  /** Problems as LSP diagnostics, ranges in the manifest's version. */
  diagnose(manifest: Manifest, options?: DiagnoseOptions): Diagnostic[];
  /** Compiles a schema ahead of its first use. */
  warm(manifest: Pick<Manifest, "schema">): void;
}

export interface DiagnoseOptions {
  /** Base of the rule pages, without a final slash; the default leads to the pages in the package. */
  readonly docs?: string;
  readonly cancelled?: () => boolean;
}

export function createLanguageService(): LanguageService {
  const validator = createValidator();
  const diagnose = createDiagnose(validator);
  return {
    diagnose: (manifest, options = {}) => toDiagnostics(manifest, diagnose(manifest, options.cancelled), options.docs),
    warm: ({ schema }) => validator.warm(schema),
  };
}
