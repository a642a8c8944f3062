// Which file a preview's document may have opened: one that a row of its sections leads to, and no other, whoever asks.

import type { PreviewPlace, PreviewSection } from "../../../server/service/index.js";

/** The place as the row has it. */
export function offered(sections: readonly PreviewSection[], { path, span }: PreviewPlace): PreviewPlace | undefined {
  const places = sections.flatMap(({ rows }) => rows.flatMap(({ place }) => place ?? []));
  return places.find((place) => place.path === path && place.span?.join() === span?.join());
}
