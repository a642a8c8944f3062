// Nesting so deep that a recursive parser would run out of stack, which can end the whole process: found by a scan of the
// text, before any parser sees it.

/** Deeper nesting than this is refused: no host document needs it. */
export const MAX_DEPTH = 200;

export const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels; no host reads such a document, flatten it`;

/** Brackets are counted outside quotes; the limit is far enough above `MAX_DEPTH` that text with odd quotes passes. */
export function isTooDeep(text: string): boolean {
  return text.length > LIMIT && (hasDeepLine(text) || hasDeepBrackets(text));
}

const LIMIT = 2 * MAX_DEPTH;

/** Levels of a block are blanks, dashes and question marks at the beginning of a line. */
const hasDeepLine = (text: string): boolean => /^[ \t?-]{400}/m.test(text);

function hasDeepBrackets(text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH && isQuoted) i++;
    else if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === NEWLINE) isQuoted = false;
    else if (isQuoted) continue;
    else if (code === OPEN_LIST || code === OPEN_MAP) depth++;
    else if (code === CLOSE_LIST || code === CLOSE_MAP) depth = Math.max(0, depth - 1);
    if (depth > LIMIT) return true;
  }
  return false;
}

const [BACKSLASH, QUOTE, NEWLINE] = [0x5c, 0x22, 0x0a];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];
