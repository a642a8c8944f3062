// Waiting for what happens elsewhere, by asking again until it is so. It never waits longer than needed, and says what it
// waited for when that doesn't come.

const patience = 30_000;
const pause = 40;

/** The first answer of `ask` that is neither undefined nor false. */
export async function until<T>(
  what: string | (() => string),
  ask: () => T | Thenable<T>,
): Promise<Exclude<T, undefined | false>> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(`waited ${patience / 1000} s in vain for ${typeof what === "string" ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function isThere<T>(answer: T): answer is Exclude<T, undefined | false> {
  return answer !== undefined && answer !== false;
}
