// The names that OpenJourney's own tool goes by: images, their tags, where kustomizations lie, which objects are a plugin's. As its
// Kubernetes tool has them; other releases may differ, so nothing here is told as an error.
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { openjourney } from "../../../../server/service/index.js";
import { isRecord, stringList } from "../../values.js";
import type { HostConfig } from "../host.js";
import { ownText } from "../hostFields.js";

/** Images are tagged for this registry, whatever else they are pushed to. */
export const localRegistry = "localhost:32000";

export const registryOf = (host: HostConfig | undefined): string =>
  ((host && ownText(host, "registry")) ?? localRegistry).replace(/^https?:\/\//, "").replace(/\/+$/, "");

/** `plugins/<name>` lies in the project's root, which is the context of every build. */
export const projectOf = (folder: string): string => path.dirname(path.dirname(folder));

/** Why a folder's name can't be an image's. */
export function nameProblem(name: string): string | undefined {
  return /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/.test(name)
    ? undefined
    : `"${name}" can't be an image's name: lower-case letters and digits with . _ - between them; rename the folder`;
}

/** What the server will find a plugin's objects by, when it takes the plugin down. */
export interface Detection {
  readonly by: "kustomization.yaml" | "resource_mapping.py" | "default names";
  readonly names: readonly string[];
}

export async function detectionOf(folder: string): Promise<Detection> {
  const name = path.basename(folder);
  const usual: Detection = { by: "default names", names: [`${name}-deployment`, `${name}-service`] };
  const kustomization = await textOf(path.join(folder, "kubernetes", "kustomization.yaml"));
  if (kustomization !== undefined) {
    const resources = resourcesIn(kustomization);
    return resources.length === 0
      ? usual
      : { by: "kustomization.yaml", names: resources.map((entry) => entry.replace(/(?<=[^/.])\.[^./]*$/, "")) };
  }
  const mapping = await textOf(path.join(folder, "kubernetes", "resource_mapping.py"));
  const mapped = mapping === undefined ? "none" : openjourney.mappingIn(mapping);
  return typeof mapped === "string" ? usual : { by: "resource_mapping.py", names: mapped };
}

/** The folder that is applied: the host's overlay, else the plugin's own kustomization; undefined when there is neither. */
export async function kustomizationFor(folder: string, host: HostConfig | undefined): Promise<string | undefined> {
  const overlay = host === undefined ? undefined : ownText(host, "overlay");
  if (overlay !== undefined) return overlay;
  const own = path.join(folder, "kubernetes");
  const found = await Promise.all(openjourney.KUSTOMIZATION_NAMES.map((name) => isFile(path.join(own, name))));
  return found.includes(true) ? own : undefined;
}

export async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true;
}

function resourcesIn(text: string): readonly string[] {
  try {
    const value: unknown = parse(text, { version: "1.1", logLevel: "silent" });
    return isRecord(value) ? stringList(value.resources) : [];
  } catch {
    // A file that can't be read leaves the server with its default names.
    return [];
  }
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}
