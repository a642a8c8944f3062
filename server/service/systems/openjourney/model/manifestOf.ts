// A kustomization that isn't the asking manifest itself, a base or a plugin, as a manifest that the same rules can judge.

import { manifestFrom } from "../../manifest.js";
import type { ServiceSettings } from "../../settings.js";
import type { Manifest } from "../../system.js";
import type { Kustomization } from "./kustomization.js";

export const manifestOf = (
  { parsed, folder, root, plugin }: Kustomization,
  asking: Manifest,
  settings: ServiceSettings = asking.settings,
): Manifest =>
  // A plugin's root is made of a part of its file; that of a base may be no map at all.
  manifestFrom(asking, parsed, { settings, folder, ...(plugin && { root }) });
