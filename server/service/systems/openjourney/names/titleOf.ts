// One name for an object of one file, fit to be shown: `Deployment web (base/web.yaml)`.

import { fromRoot } from "../../shownPath.js";
import type { Manifest } from "../../system.js";
import type { Named } from "../model/built.js";

export function titleOf({ ids: [id], origin }: Named, manifest: Manifest): string {
  if (!id) return fromRoot(origin.path, manifest);
  const { kind, name, namespace } = id;
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name} (${fromRoot(origin.path, manifest)})`;
}
