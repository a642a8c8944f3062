// How many messages of one frame are heard: a plugin that posts without end would leave the view no time for anything else.

export interface Patience {
  /** Whether one more is heard now; `isFirst`: it is the first that isn't, of this second. */
  hears(frame: string, now: number): { readonly isHeard: boolean; readonly isFirst: boolean };
}

/** In a second. No page that works comes near. */
export const mostMessages = 1000;

export function createPatience(): Patience {
  const seconds = new Map<string, { since: number; count: number }>();
  return {
    hears: (frame, now) => {
      const known = seconds.get(frame);
      const second = known !== undefined && now - known.since < 1000 ? known : { since: now, count: 0 };
      second.count += 1;
      seconds.set(frame, second);
      return { isHeard: second.count <= mostMessages, isFirst: second.count === mostMessages + 1 };
    },
  };
}
