// Objects in the making: found by any id in one step, so that thousands of them stay cheap.

import type { Built } from "./built.js";
import { keyOf } from "./identity.js";

export interface Pile {
  readonly objects: Set<Built>;
  readonly byId: Map<string, Set<Built>>;
}

export function add(pile: Pile, object: Built): void {
  pile.objects.add(object);
  for (const id of object.ids) {
    const key = keyOf(id);
    const known = pile.byId.get(key);
    if (known) known.add(object);
    else pile.byId.set(key, new Set([object]));
  }
}
