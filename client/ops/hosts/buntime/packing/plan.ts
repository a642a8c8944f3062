// Buntime's packing plan: the folder's files, with what the manifest says and needs of them.
import path from "node:path";
import type { PackPlan, PlanOptions } from "../../../pack/plan.js";
import type { Needed } from "../../../pack/rules.js";
import { planFolder } from "../../../pack/walk.js";
import { definedOf } from "../../../values.js";
import type { Finding } from "../../host.js";
import { type ManifestFacts, type ManifestReading, readManifest } from "./manifest.js";
import { neededFindings } from "./needed.js";

export interface BuntimePlan extends PackPlan {
  readonly system: "buntime";
  readonly manifest?: ManifestFacts;
}

export async function planPackage(folder: string, options: PlanOptions = {}): Promise<BuntimePlan> {
  const reading = await readManifest(path.resolve(folder));
  const manifest = reading.found ? reading.manifest : undefined;
  const plan = await planFolder(folder, { ...options, system: "buntime", needed: neededPaths(manifest) });
  return {
    ...plan,
    system: "buntime",
    findings: [...manifestFindings(reading), ...plan.findings, ...neededFindings(manifest, plan.files, plan.leftOut)],
    ...(manifest === undefined ? {} : { manifest, ...definedOf({ name: manifest.name, version: manifest.version }) }),
  };
}

function neededPaths(manifest: ManifestFacts | undefined): readonly Needed[] {
  const paths: Needed[] = [];
  for (const key of ["pluginEntry", "entrypoint"] as const) {
    const file = manifest?.[key];
    if (file === undefined) continue;
    const normal = path.posix.normalize(file);
    if (normal.startsWith("..") || normal.startsWith("/")) continue;
    const parent = path.posix.dirname(normal);
    // Its neighbours are parts of the same build: chunks, styles, assets.
    paths.push({ under: parent === "." ? normal : parent, why: `named by ${key}` });
  }
  for (const file of ["manifest.yaml", "manifest.yml"]) paths.push({ under: file, why: "the manifest" });
  return paths;
}

function manifestFindings(reading: ManifestReading): readonly Finding[] {
  if (!reading.found) {
    const next = reading.file === undefined ? "write one, or choose the folder that has it" : "correct it";
    const message = `${reading.reason}; the host would find no plugin; ${next}`;
    const file = definedOf({ file: reading.file });
    return [{ severity: "error", code: "package/no-manifest", message, ...file }];
  }
  if (!reading.both) return [];
  const message = "manifest.yml stands beside manifest.yaml; the host reads manifest.yaml alone, remove the other";
  return [{ severity: "warning", code: "package/two-manifests", message, file: "manifest.yml" }];
}
