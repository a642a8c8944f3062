// A kustomization that isn't the asking manifest itself, a base or a plugin, as a manifest that the same rules can judge.

import { hostValue, isBomb, type Value } from "../../../text/reading.js";
import type { ServiceSettings } from "../../settings.js";
import type { Manifest } from "../../system.js";
import type { Kustomization } from "./kustomization.js";

export function manifestOf(
  { parsed, folder, root: own, plugin }: Kustomization,
  { system, kind, verdict, workspace, settings, schema }: Manifest,
  others: ServiceSettings = settings,
): Manifest {
  // A plugin's root is made of a part of its file; that of a base may be no map at all.
  const root = plugin ? own : parsed.tree.documents[0]?.root;
  let value: { readonly is: Value } | undefined;
  return {
    parsed,
    system,
    kind,
    verdict,
    workspace,
    settings: others,
    schema,
    root,
    folder,
    get value() {
      value ??= { is: isBomb(parsed.tree, root) ? null : hostValue(root, kind.reading) };
      return value.is;
    },
  };
}
