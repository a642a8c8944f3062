// The manifest checks that need nothing but the manifest: fields whose value makes a Buntime host refuse, skip or break the plugin.
// Facts from Buntime v0.5.4. The language server says more and earlier; these are the ones that must not reach a host.

import { buntime } from "../../../../../server/service/index.js";
import type { Finding } from "../../host.js";
import { nameProblem } from "../names.js";
import type { ManifestFacts } from "./manifest.js";

/** `problem(code, message)` for what stops the plugin, `note` for what only surprises. */
export function fieldFindings(manifest: ManifestFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const problem = (code: string, message: string) => findings.push(finding("error", code, message, manifest.file));
  const note = (code: string, message: string) => findings.push(finding("warning", code, message, manifest.file));
  nameAndVersion(manifest, problem, note);
  const base = buntime.baseRefusal(manifest.values);
  if (base !== undefined) problem("buntime/base-invalid", base);
  if (manifest.disabled)
    note("buntime/disabled", '"enabled" is false: the host installs the plugin and does not load it');
  const { enabled } = manifest.values;
  if (enabled !== undefined && typeof enabled !== "boolean") {
    note(
      "buntime/enabled-not-boolean",
      '"enabled" is not a boolean; the host loads the plugin whatever it says, write true or false',
    );
  }
  for (const key of ["dependencies", "optionalDependencies"]) {
    const wrong = dependencyProblem(key, manifest.values[key]);
    if (wrong !== undefined) problem("buntime/dependencies-not-a-list", wrong);
  }
  const own = [...manifest.dependencies, ...manifest.optionalDependencies];
  if (manifest.name !== undefined && own.includes(manifest.name)) {
    problem("buntime/dependency-cycle", `"${manifest.name}" depends on itself; the host loads no member of a cycle`);
  }
  if (manifest.base !== undefined || manifest.entrypoint !== undefined) {
    for (const { code, wrong, next } of buntime.workerRefusals(manifest.values))
      problem(code, `${wrong}, so every address below the plugin's base answers 500; ${next}`);
  }
  return findings;
}

function nameAndVersion(
  manifest: ManifestFacts,
  problem: (code: string, message: string) => void,
  note: (code: string, message: string) => void,
): void {
  const { name, version } = manifest.values;
  if (name !== undefined && typeof name !== "string")
    problem("buntime/name-invalid", '"name" is not a text; the host ignores the plugin');
  else {
    const wrong = nameProblem(manifest.name);
    if (wrong !== undefined) problem("buntime/name-invalid", wrong);
  }
  if (version !== undefined && version !== null && typeof version !== "string") {
    note(
      "buntime/version-not-text",
      `"version" is read as the number ${String(version)} and shown as "0.0.0" after a reload; put it in quotes`,
    );
  }
}

function dependencyProblem(key: string, value: unknown): string | undefined {
  if (value === undefined || value === null || Array.isArray(value)) return undefined;
  if (key === "dependencies" && typeof value === "string") {
    return '"dependencies" is a text; the host reads it letter by letter and leaves the plugin out, write a list';
  }
  if (typeof value !== "object" && typeof value !== "string")
    return `"${key}" is not a list; write a list of plugin names`;
  return `"${key}" is not a list; the reload fails with it and leaves every plugin of the host unloaded`;
}

function finding(severity: Finding["severity"], code: string, message: string, file: string): Finding {
  return { severity, code, message, file };
}
