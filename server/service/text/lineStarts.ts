// Where the lines of a text begin, kept from version to version: an edit looks at its own text alone. A line ends with
// "\n", "\r\n" or "\r", as editors count.

export type LineStarts = Uint32Array;

export function lineStartsOf(text: string): LineStarts {
  return Uint32Array.from([0, ...breaksIn(text, 0)]);
}

/** The starts after `text[start, end)` was replaced; `after` is the new text, `added` what was put in. */
export function editedStarts(
  before: LineStarts,
  [start, end]: readonly [number, number],
  added: string,
  after: string,
): LineStarts {
  // A "\r\n" that the edit makes or parts at its borders belongs to no side.
  if (isPair(after, start) || isPair(after, start + added.length)) return lineStartsOf(after);
  const first = firstAfter(before, start);
  const rest = firstAfter(before, end);
  const within = breaksIn(added, start);
  const starts = new Uint32Array(first + within.length + before.length - rest);
  starts.set(before.subarray(0, first));
  starts.set(within, first);
  const shift = added.length - (end - start);
  for (let from = rest, to = first + within.length; from < before.length; from++, to++)
    starts[to] = (before[from] ?? 0) + shift;
  return starts;
}

/** The number of starts that are not after an offset, which is the index of the first that is. */
export function firstAfter(starts: LineStarts, offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

const isPair = (text: string, at: number): boolean =>
  text.charCodeAt(at - 1) === RETURN && text.charCodeAt(at) === NEWLINE;

function breaksIn(text: string, offset: number): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) at++;
    if (code === RETURN || code === NEWLINE) starts.push(offset + at + 1);
  }
  return starts;
}

const [NEWLINE, RETURN] = [0x0a, 0x0d];
