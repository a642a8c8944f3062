// The table of kinds. A system may bring its own for formats whose meaning only it knows.

import type { JsonSchema } from "../schema/jsonSchema.js";
import type { Manifest } from "../systems/system.js";
import type { Format } from "./formats.js";
import type { Kind } from "./kind.js";
import { pathKind } from "./path.js";

const SHARED: Partial<Readonly<Record<string, Kind>>> = { path: pathKind } satisfies Partial<Record<Format, Kind>>;

export function kindOf(manifest: Manifest, schema: JsonSchema): Kind | undefined {
  if (schema.format === undefined) return undefined;
  return manifest.system.kinds?.[schema.format] ?? SHARED[schema.format];
}
