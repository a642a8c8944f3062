// The previews, one row per system.

import { kustomizePreview } from "./kustomize/index.js";
import { metaflowPreview } from "./metaflow/index.js";
import type { PreviewRow } from "./preview.js";

export const PREVIEWS: readonly PreviewRow[] = [metaflowPreview, kustomizePreview];
