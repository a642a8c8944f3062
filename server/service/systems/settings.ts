// The settings that change what the language service says. Defaults are those of package.json.

import type { Severity } from "./problem.js";

export interface ServiceSettings {
  /** Glob -> "system/document" or "off"; overrules recognition. */
  readonly associations: Readonly<Record<string, string>>;
  /** Problem code -> severity or "off". */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly skypilotSchema: "auto" | "guide" | "current";
  /** kustomize's --load-restrictor: "none" allows files outside the kustomization's folder. */
  readonly kustomizeLoadRestrictor: "rootOnly" | "none";
}

export const DEFAULT_SETTINGS: ServiceSettings = {
  associations: {},
  rules: {},
  skypilotSchema: "auto",
  kustomizeLoadRestrictor: "rootOnly",
};
