// What a SkyPilot file tells the others: remote_plugins.yaml and plugins.yaml of one folder belong together.

import type { Workspace } from "../facts.js";
import type { Manifest } from "../system.js";
import { pluginItems, wheelPathOf } from "./items.js";

export interface SkypilotFacts {
  readonly classes: readonly string[];
  /** Classes with `upload_to_controller: true`. */
  readonly uploaded: readonly string[];
  /** Undefined: not written. Null: written, but unset for the server. */
  readonly wheelPath?: string | null;
}

export function factsOf(manifest: Manifest): SkypilotFacts {
  const items = pluginItems(manifest);
  const wheelPath = wheelPathOf(manifest);
  return {
    classes: items.flatMap(({ className }) => className ?? []),
    uploaded: items.flatMap(({ className, isUploaded }) => (isUploaded && className !== undefined ? [className] : [])),
    ...(wheelPath && { wheelPath: wheelPath.text ? wheelPath.text : null }),
  };
}

export interface Neighbour {
  readonly path: string;
  readonly facts: SkypilotFacts;
}

/**
 * The other file of the pair in the manifest's folder: "none" when it is known to be absent, undefined when nothing
 * can be said.
 */
export function neighbour(manifest: Manifest, document: "plugins" | "remote-plugins"): Neighbour | "none" | undefined {
  const { folder, workspace } = manifest;
  if (folder === undefined) return undefined;
  const base = document === "plugins" ? "plugins" : "remote_plugins";
  const paths = [`${folder}/${base}.yaml`, `${folder}/${base}.yml`];
  for (const path of paths) {
    const facts = factsAt(path, document, workspace);
    if (facts) return { path, facts };
  }
  return paths.every((path) => workspace.files.kind(path) === "none") ? "none" : undefined;
}

function factsAt(path: string, document: string, workspace: Workspace): SkypilotFacts | undefined {
  const found = workspace.manifests("skypilot").find((one) => one.path === path && one.document === document);
  return found && isFacts(found.facts) ? found.facts : undefined;
}

function isFacts(facts: unknown): facts is SkypilotFacts {
  return typeof facts === "object" && facts !== null && "classes" in facts && "uploaded" in facts;
}
