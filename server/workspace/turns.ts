// Turns of the event loop during long work: whoever waits for one (a key, Ctrl-C) soon gets it, and a turn for each of thousands
// of small files would take as long as some of them.

/** Milliseconds of work after which the event loop has its turn. */
const WORK = 1;

/** To be awaited between two pieces of work: a turn where the last was long ago. */
export function turns(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => (performance.now() - last < WORK ? undefined : turn());

  async function turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    last = performance.now();
  }
}
