// The table of systems. A fifth one is a folder beside these, and a line here.

import { buntime } from "./buntime/index.js";
import { metaflow } from "./metaflow/index.js";
import { openjourney } from "./openjourney/index.js";
import { skypilot } from "./skypilot/index.js";
import type { System } from "./system.js";

export const SYSTEMS: readonly System[] = [skypilot, buntime, metaflow, openjourney];

/** What a system is called among people: "Metaflow UI" for "metaflow". An id that is none is called as it is written. */
export function systemTitle(id: string): string {
  return SYSTEMS.find((system) => system.id === id)?.title ?? id;
}
