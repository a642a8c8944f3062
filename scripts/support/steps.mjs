// Progress of the long set-up commands: one line per step, with the seconds since the command began.

const began = performance.now();
const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

/** Prints one line: `[   3.1 s] fetching VS Code 1.139.1`. */
export function say(text) {
  console.error(`[${seconds(began).padStart(6)} s] ${text}`);
}

/** Says what begins, does it, and says how long it took when that was worth waiting for. */
export async function step(text, work) {
  const start = performance.now();
  say(text);
  const result = await work();
  if (performance.now() - start > 1000) say(`  done in ${seconds(start)} s`);
  return result;
}
