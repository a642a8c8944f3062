// Lines of a text of which only parts are read: putting a long one together after an edit costs more than all that is done with it.

/** A text, or one of which parts can be read without putting it together (`Snapshot`). */
export interface Slices {
  readonly length: number;
  slice(start: number, end: number): string;
}

/** So many characters are looked at first; most lines are shorter. */
const NEAR = 200;

/** Where the line of an offset begins. */
export function lineStartIn(text: Slices, offset: number): number {
  for (let end = offset; end > 0; end -= NEAR) {
    const start = Math.max(0, end - NEAR);
    const at = text.slice(start, end).lastIndexOf("\n");
    if (at >= 0) return start + at + 1;
  }
  return 0;
}

/** What stands behind an offset in its line. */
export const restOfLine = (text: Slices, offset: number): string =>
  matchFrom(text, offset, /^([^\r\n]*)[\r\n]/)?.[1] ?? text.slice(offset, text.length);

/** The first match behind an offset, looked for in stretches that grow; a pattern must not match more where more follows. */
export function matchFrom(text: Slices, offset: number, pattern: RegExp): RegExpExecArray | undefined {
  for (let size = NEAR; ; size *= 8) {
    const match = pattern.exec(text.slice(offset, Math.min(offset + size, text.length)));
    if (match || offset + size >= text.length) return match ?? undefined;
  }
}
