// Where the pages of a panel come from at present: a source that has come is opened, one that has gone is ended with all that it
// started. One that only looks the same, but leads elsewhere, is another.

import type { Disposable } from "vscode";
import type { Seen, SitePlace, SiteSource } from "./sources.js";

export interface Places extends Disposable {
  /** Opens and ends what has changed; never called twice at once. */
  use(sources: readonly SiteSource[]): Promise<void>;
  of(id: string | undefined): SitePlace | undefined;
  /** Origins that may be framed. */
  origins(): readonly string[];
}

export function createPlaces(seen: Seen): Places {
  const open = new Map<
    string,
    { readonly source: SiteSource; readonly place: SitePlace; readonly ends: Disposable[] }
  >();
  let isOver = false;
  const end = (id: string) => {
    endAll(open.get(id)?.ends ?? []);
    open.delete(id);
  };
  return {
    use: async (sources) => {
      for (const [id, { source }] of open) {
        const now = sources.find((one) => one.id === id);
        if (now?.address !== source.address) end(id);
      }
      for (const source of sources) {
        if (open.has(source.id)) continue;
        const ends: Disposable[] = [];
        const place = await source.open(seen, ends);
        if (isOver) endAll(ends);
        else open.set(source.id, { source, place, ends });
      }
    },
    of: (id) => (id === undefined ? undefined : open.get(id)?.place),
    origins: () => [...new Set([...open.values()].map(({ place }) => place.origin))],
    dispose: () => {
      isOver = true;
      for (const id of [...open.keys()]) end(id);
    },
  };
}

function endAll(all: Disposable[]): void {
  for (const one of all.splice(0)) one.dispose();
}
