// What a SkyPilot file tells the others: remote_plugins.yaml and plugins.yaml of one folder belong together.

import type { Workspace } from "../facts.js";
import { asList, asMap, field } from "../read.js";
import type { Manifest } from "../system.js";
import { isNull, pluginItems, type WheelPath, wheelPathOf } from "./items.js";

export interface SkypilotFacts {
  readonly classes: readonly string[];
  /** Classes with `upload_to_controller: true`. */
  readonly uploaded: readonly string[];
  /** How many items the list has, those without a class included. */
  readonly listed: number;
  /** Whether there is a list to count: fields of other names and a list without a value are told in that file. */
  readonly hasList: boolean;
  /** Undefined: not written. Null: written, but unset for the server. False: of a type that the server refuses. */
  readonly wheelPath?: string | null | false;
}

export function factsOf(manifest: Manifest): SkypilotFacts {
  const items = pluginItems(manifest);
  const wheelPath = wheelPathOf(manifest);
  return {
    classes: items.flatMap(({ className }) => className ?? []),
    uploaded: items.flatMap(({ className, isUploaded }) => (isUploaded && className !== undefined ? [className] : [])),
    listed: items.length,
    hasList: asList(field(manifest.root, "plugins", manifest)?.value) !== undefined || isEmpty(manifest),
    ...(wheelPath && { wheelPath: wheelPath.text || (isUnset(wheelPath, manifest) ? null : false) }),
  };
}

const isEmpty = ({ root }: Manifest): boolean => !asMap(root)?.pairs.length;

const isUnset = ({ pair, text }: WheelPath, manifest: Manifest): boolean => text === "" || isNull(pair.value, manifest);

export interface Neighbour {
  readonly path: string;
  readonly facts: SkypilotFacts;
}

/**
 * The other file of the pair in the manifest's folder: "none" when it is known to be absent, undefined when nothing
 * can be said.
 */
export function neighbour(manifest: Manifest, document: "plugins" | "remote-plugins"): Neighbour | "none" | undefined {
  const { folder, parsed, workspace } = manifest;
  if (folder === undefined) return undefined;
  if (parsed.embedding) return inSameFile(parsed.path ?? "", document, workspace);
  const base = document === "plugins" ? "plugins" : "remote_plugins";
  const paths = [`${folder}/${base}.yaml`, `${folder}/${base}.yml`];
  for (const path of paths) {
    const facts = factsAt(path, document, workspace);
    if (facts) return { path, facts };
  }
  return paths.every((path) => workspace.files.kind(path) === "none") ? "none" : undefined;
}

/** Of two ConfigMaps in one file nobody knows which goes with which, and what isn't there may be in a file of its own. */
function inSameFile(path: string, document: string, workspace: Workspace): Neighbour | undefined {
  const [found, ...more] = workspace
    .manifests("skypilot")
    .filter((one) => one.path === path && one.document === document);
  return found && more.length === 0 && isFacts(found.facts) ? { path, facts: found.facts } : undefined;
}

function factsAt(path: string, document: string, workspace: Workspace): SkypilotFacts | undefined {
  const found = workspace.manifests("skypilot").find((one) => one.path === path && one.document === document);
  return found && isFacts(found.facts) ? found.facts : undefined;
}

function isFacts(facts: unknown): facts is SkypilotFacts {
  return typeof facts === "object" && facts !== null && "classes" in facts && "listed" in facts && "uploaded" in facts;
}
