// The previews, one row per system.

import { kustomizePreview } from "./kustomize/index.js";
import { metaflowPreview } from "./metaflow/index.js";
import type { PreviewRow } from "./preview.js";
import { buntimePreview } from "./site/buntime.js";
import { skypilotPreview } from "./site/skypilot.js";

export const PREVIEWS: readonly PreviewRow[] = [skypilotPreview, buntimePreview, metaflowPreview, kustomizePreview];
