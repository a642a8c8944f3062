// The settings that change what the language service says. Defaults are those of package.json.

import { HINT_KINDS, type Hint, LENS_KINDS, type Lens } from "./lens.js";
import type { Severity } from "./problem.js";

export interface ServiceSettings {
  /** Glob -> "system/document" or "off"; overrules recognition. */
  readonly associations: Readonly<Record<string, string>>;
  /** Problem code -> severity or "off". */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly skypilotSchema: "auto" | "guide" | "current";
  /** kustomize's --load-restrictor: "none" allows files outside the kustomization's folder. */
  readonly kustomizeLoadRestrictor: "rootOnly" | "none";
  readonly codeLens: Switches<Lens["kind"]>;
  readonly inlayHints: Switches<Hint["kind"]>;
}

/** What is shown of each kind. */
export type Switches<Name extends string> = Readonly<Record<Name, boolean>>;

export const DEFAULT_SETTINGS: ServiceSettings = {
  associations: {},
  rules: {},
  skypilotSchema: "auto",
  kustomizeLoadRestrictor: "rootOnly",
  codeLens: { hosts: true, dependencies: true, defaultNames: true },
  inlayHints: { order: true, entry: true, paths: true },
};

/** Names under "plugsmith." in an editor's settings. */
export type ServiceSettingKey =
  | "associations"
  | "rules"
  | "skypilot.schema"
  | "kustomize.loadRestrictor"
  | "codeLens"
  | "inlayHints";

/** Reads and checks the settings one by one; what is no good is told to `complain` and left at its default. */
export function readSettings(
  get: (key: ServiceSettingKey) => unknown,
  complain: (message: string) => void = () => {},
): ServiceSettings {
  return {
    associations: textsOf(get("associations")),
    rules: severitiesOf(get("rules"), complain),
    skypilotSchema: oneOf(get("skypilot.schema"), ["auto", "guide", "current"]),
    kustomizeLoadRestrictor: oneOf(get("kustomize.loadRestrictor"), ["rootOnly", "none"]),
    codeLens: switchesOf(LENS_KINDS, get("codeLens")),
    inlayHints: switchesOf(HINT_KINDS, get("inlayHints")),
  };
}

/** The value when it is one of the choices, else the first choice: the default. */
export function oneOf<const Choice>(value: unknown, choices: readonly [Choice, ...Choice[]]): Choice {
  return choices.find((choice) => choice === value) ?? choices[0];
}

/** Each is on unless it is switched off, or all are by a plain `false`. */
function switchesOf<Name extends string>(names: readonly Name[], value: unknown): Switches<Name> {
  const off = new Set(entriesOf(value).flatMap(([name, is]) => (is === false ? [name] : [])));
  return Object.fromEntries(names.map((name) => [name, value !== false && !off.has(name)])) as Switches<Name>;
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(entriesOf(value).flatMap(([key, to]) => (typeof to === "string" ? [[key, to]] : [])));
}

function severitiesOf(value: unknown, complain: (message: string) => void): Readonly<Record<string, Severity | "off">> {
  const rules: Record<string, Severity | "off"> = {};
  for (const [code, wanted] of entriesOf(value)) {
    const severity = SEVERITIES.find((one) => one === wanted);
    if (severity) rules[code] = severity;
    else
      complain(`plugsmith.rules: "${code}" has the severity ${JSON.stringify(wanted)}, which is none; it is ignored`);
  }
  return rules;
}

const SEVERITIES: readonly (Severity | "off")[] = ["error", "warning", "information", "hint", "off"];

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
