// The kinds of token and of letter that libyaml and its ports know.

export type Token =
  | "stream-end"
  | "directive"
  | "document-start"
  | "document-end"
  | "block-sequence"
  | "block-map"
  | "block-end"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | "-"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Scanned {
  readonly token: Token;
  readonly start: number;
}

/** Where a ":" would make what stands there a key. */
export interface SimpleKey {
  readonly number: number;
  readonly at: number;
  readonly line: number;
  readonly column: number;
  readonly required: boolean;
}

export const blank = (letter: string | undefined): boolean => letter === " " || letter === "\t";
export const isBreak = (letter: string | undefined): boolean =>
  letter === "\n" || letter === "\r" || letter === "\u0085" || letter === "\u2028" || letter === "\u2029";
export const blankz = (letter: string | undefined): boolean => letter === undefined || blank(letter) || isBreak(letter);

export const isMarker = (marker: string, text: string, at: number): boolean =>
  text.startsWith(marker, at) && blankz(text[at + 3]);

export const cannotBegin = (letter: string): string =>
  letter === "\t"
    ? "tabs can't stand in front of a key, a list item or a value on its own line; use spaces"
    : "this character can't begin a plain value; put the value in quotes";
