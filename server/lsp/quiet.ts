// When a burst of messages is over: the connection hands on one message in each turn of the event loop, so a few turns without
// one mean that all that had arrived are taken in.

/** Turns without a message after which there are no more: one reads what lies in the pipe, one begins its work. */
const TURNS = 2;

/** Calls `work` after some turns of the event loop, unless the answer is called before. */
export function whenQuiet(work: () => void): () => void {
  let left = TURNS;
  let next = setImmediate(turn);
  return () => clearImmediate(next);

  function turn(): void {
    left--;
    if (left > 0) next = setImmediate(turn);
    else work();
  }
}
