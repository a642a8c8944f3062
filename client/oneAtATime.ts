// Runs work that reads what is so now, never twice at once: asked for while it runs, it runs once more afterwards. So what it shows
// last is the latest, however long each run takes.

export interface OneAtATime {
  /** Resolves once a run that began after this call has ended, well or not. */
  call(): Promise<void>;
}

export function oneAtATime(work: () => Promise<void>, failed: (error: unknown) => void): OneAtATime {
  let last: Promise<void> = Promise.resolve();
  /** Asked for, but not begun. */
  let waiting: Promise<void> | undefined;
  return {
    call: () => {
      if (waiting !== undefined) return waiting;
      waiting = last.then(() => {
        waiting = undefined;
        return work().catch(failed);
      });
      last = waiting;
      return waiting;
    },
  };
}
