// What will be built and rendered of an OpenJourney plugin, what stands against that, and what the server will make of the folder.
import path from "node:path";
import type { PackingFor } from "../../../pack/packer.js";
import type { PackPlan, PlanOptions } from "../../../pack/plan.js";
import { planFolder } from "../../../pack/walk.js";
import type { Finding } from "../../host.js";
import { ownText } from "../../hostFields.js";
import {
  type Detection,
  detectionOf,
  isFile,
  kustomizationFor,
  localRegistry,
  nameProblem,
  projectOf,
  registryOf,
} from "../conventions.js";

export interface OpenjourneyPlan extends PackPlan {
  readonly system: "openjourney";
  readonly name: string;
  /** The project, which is what the image is built from. */
  readonly root: string;
  readonly registry: string;
  /** The folder that is rendered; absent for a plugin without manifests. */
  readonly kustomization?: string;
  /** The kustomization is the project's, and holds other plugins' objects too. */
  readonly isOverlay: boolean;
}

export async function planPlugin(folder: string, options: PlanOptions & PackingFor): Promise<OpenjourneyPlan> {
  const at = path.resolve(folder);
  const name = path.basename(at);
  const root = projectOf(at);
  const { host } = options;
  const registry = registryOf(host);
  const walked = await planFolder(at, { ...options, system: "openjourney" });
  const kustomization = await kustomizationFor(at, host);
  const isOverlay = host !== undefined && ownText(host, "overlay") !== undefined;
  const shown = (place: string) => path.relative(root, place).split(path.sep).join("/") || ".";
  const findings = [
    ...(await folderFindings(at, name)),
    ...walked.findings,
    ...detectionFindings(await detectionOf(at), kustomization),
    ...originFindings(walked.origin?.dirty === true),
  ];
  return {
    ...walked,
    system: "openjourney",
    name,
    root,
    registry,
    isOverlay,
    ...(kustomization === undefined ? {} : { kustomization }),
    findings,
    steps: [
      `docker build --file=plugins/${name}/Dockerfile --tag=${localRegistry}/${name} . (in the project's root)`,
      ...(kustomization === undefined ? [] : [`kubectl kustomize ${shown(kustomization)}`]),
    ],
  };
}

async function folderFindings(folder: string, name: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tell = (code: string, message: string, file?: string) =>
    findings.push({ severity: "error", code, message, ...(file === undefined ? {} : { file }) });
  if (!(await isFile(path.join(folder, "Dockerfile"))))
    tell(
      "openjourney/no-dockerfile",
      `there is no Dockerfile in plugins/${name}; the server passes over such a folder`,
      "Dockerfile",
    );
  if (path.basename(path.dirname(folder)) !== "plugins")
    tell(
      "openjourney/not-in-plugins",
      `"${name}" does not lie in the project's folder "plugins", where the server looks for plugins`,
    );
  const odd = nameProblem(name);
  if (odd !== undefined) tell("openjourney/plugin-name", odd);
  return findings;
}

/** The server finds objects by names that it derives; those of other objects stay when it takes the plugin down. */
function detectionFindings({ by, names }: Detection, kustomization: string | undefined): readonly Finding[] {
  const found = `the server will find the plugin's objects by ${by}: ${names.map((name) => `"${name}"`).join(", ")}, with its environment's prefix`;
  const first: Finding = { severity: "information", code: "openjourney/detected", message: found };
  if (kustomization !== undefined) return [first];
  const message =
    "there is no kustomization and the host has no overlay, so the image is built and pushed and no object is applied";
  return [first, { severity: "warning", code: "openjourney/nothing-applied", message }];
}

function originFindings(isDirty: boolean): readonly Finding[] {
  if (!isDirty) return [];
  const message = "uncommitted changes of the plugin's folder go into the image";
  return [{ severity: "information", code: "openjourney/uncommitted", message }];
}
