// When a burst of messages is over: the connection hands on one message in each turn of the event loop, so a few turns without
// one mean that all that had arrived are taken in. An editor that asks for completions does so right behind the key, in a write
// of its own: a moment is left for it to arrive, or its answer would wait for the check.

/** Milliseconds for what the editor sends right behind a change. */
const MOMENT = 1;
/** Turns without a message after which there are no more; reading what lies in the pipe takes one of them. */
const TURNS = 3;

/** Calls `work` after a moment and some turns of the event loop, unless the answer is called before. */
export function whenQuiet(work: () => void): () => void {
  let left = TURNS;
  let next: NodeJS.Immediate | undefined;
  const timer = setTimeout(turn, MOMENT);
  return () => {
    clearTimeout(timer);
    clearImmediate(next);
  };

  function turn(): void {
    left--;
    if (left >= 0) next = setImmediate(turn);
    else work();
  }
}
