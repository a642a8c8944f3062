// Lists for hovers and details, cut where they would get long.

import type { Built } from "../model/built.js";
import { showId } from "../model/identity.js";

const MOST = 8;

/** `- Deployment "web"` line by line. */
export function listOfObjects(objects: readonly Built[]): string {
  return listOfLines(objects.flatMap(({ ids }) => ids.slice(-1).map(showId)));
}

export function listOfLines(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST).map((line) => `- ${line}`);
  return [...shown, ...(lines.length > MOST ? [`- and ${lines.length - MOST} more`] : [])].join("\n");
}

export const counted = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);
