// What an editor can do for an entry: ask its remote for branches and tags.

import type { Span } from "../../text/node.js";
import type { Manifest, Offer } from "../system.js";
import { entriesOf } from "./entries.js";
import { shownAddress } from "./words.js";

const FETCH_REFS = "plugsmith.fetchRefs";

export function offersOf(manifest: Manifest, [start, end]: Span): readonly Offer[] {
  if (manifest.kind.id !== "plugins") return [];
  return entriesOf(manifest)
    .filter(({ pair, isLocal }) => !isLocal && pair.start <= end && start <= pair.end)
    .flatMap(({ repository }) =>
      repository === undefined
        ? []
        : [{ title: `Fetch the refs of ${shownAddress(repository)}`, command: FETCH_REFS, arguments: [repository] }],
    );
}
