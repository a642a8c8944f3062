// Where the lines of a text begin, kept from version to version: an edit looks at its own text alone, and while someone types
// within one line not even the starts behind it are touched. A line ends with "\n", "\r\n" or "\r", as editors count.

export interface LineStarts {
  readonly starts: Uint32Array;
  /** The starts from this index on are `shift` further than they say. */
  readonly from: number;
  readonly shift: number;
}

export function lineStartsOf(text: string): LineStarts {
  return { starts: Uint32Array.from([0, ...breaksIn(text, 0)]), from: 0, shift: 0 };
}

export const startAt = ({ starts, from, shift }: LineStarts, line: number): number | undefined => {
  const start = starts[line];
  return start === undefined || line < from ? start : start + shift;
};

/** The starts after the text between `start` and `end` was replaced by `added`; undefined where all are to be looked for anew. */
export function editedStarts(
  before: LineStarts,
  [start, end]: readonly [number, number],
  added: string,
  codeAfter: (at: number) => number,
): LineStarts | undefined {
  const isPair = (at: number) => codeAfter(at - 1) === RETURN && codeAfter(at) === NEWLINE;
  // A "\r\n" that the edit makes or parts at its borders belongs to no side.
  if (isPair(start) || isPair(start + added.length)) return undefined;
  const first = firstAfter(before, start);
  const rest = firstAfter(before, end);
  const within = breaksIn(added, start);
  const delta = added.length - (end - start);
  const isWithinLine = first === rest && within.length === 0;
  if (isWithinLine && (before.shift === 0 || before.from === first))
    return { starts: before.starts, from: first, shift: before.shift + delta };
  const { length } = before.starts;
  const starts = new Uint32Array(first + within.length + length - rest);
  for (let at = 0; at < first; at++) starts[at] = startAt(before, at) ?? 0;
  starts.set(within, first);
  for (let from = rest, to = first + within.length; from < length; from++, to++)
    starts[to] = (startAt(before, from) ?? 0) + delta;
  return { starts, from: 0, shift: 0 };
}

/** The number of starts that are not after an offset, which is the index of the first that is. */
export function firstAfter(starts: LineStarts, offset: number): number {
  let [low, high] = [0, starts.starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((startAt(starts, middle) ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

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
