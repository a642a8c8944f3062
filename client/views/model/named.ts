// Plugins of a list by name. Each of a host's plugins is looked for in several lists, which never change once they are there.

import { lookUp } from "../../../server/service/index.js";

interface Named {
  readonly name: string;
}

/** All of that name, in their order. */
export const named = lookUp(({ name }: Named) => [name]) as <T extends Named>(
  list: readonly T[],
  name: string,
) => readonly T[];
