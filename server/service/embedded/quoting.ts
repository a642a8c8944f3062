// How JSON text is written inside another syntax: what each letter becomes in the quotes at hand, and what becomes of line
// breaks, which mean nothing in JSON. Texts with tab stops (LSP snippets) keep these.

import { escapeSnippet } from "../text/render.js";

export interface Quoting {
  /** One letter as it is written here. */
  letter(letter: string): string;
  /** What stands for a line break and the blanks around it: " ", or a break with the indentation of the place. */
  readonly lineBreak: string;
  /** `": "` and ` #` end a plain value in YAML, so no blank may stand there. */
  readonly isPlain?: boolean;
}

export function quoted(text: string, quoting: Quoting): string {
  return [...broken(text, quoting, "\\")].map((letter) => quoting.letter(letter)).join("");
}

/** The same for a text in snippet syntax: `"ref": "${1:origin/main}"` in double quotes is `\\"ref\\": \\"${1:…}\\"`. */
export function quotedSnippet(snippet: string, quoting: Quoting): string {
  const letters = (text: string) => [...text].map((one) => quoting.letter(one)).join("");
  return broken(snippet, quoting, "\\\\").replace(TOKEN, (found, escaped?: string, stop?: string, choices?: string) =>
    escaped !== undefined
      ? escapeSnippet(letters(escaped))
      : stop !== undefined && choices !== undefined
        ? `\${${stop}|${choices.replace(/\\?[\s\S]/g, (one) => choiceLetter(one, letters))}|}`
        : found.length > 1 || found === "}"
          ? found
          : escapeSnippet(letters(found)),
  );
}

const TOKEN = /\\([\\$}])|\$\{(\d+)\|((?:\\.|[^|\\])*)\|\}|\$\{\d+:|\$\{\d+\}|\$\d+|[\s\S]/gu;

function choiceLetter(one: string, letters: (text: string) => string): string {
  if (one === ",") return one;
  return letters(one.length === 2 ? one.slice(1) : one).replace(/[\\,|]/g, "\\$&");
}

function broken(text: string, { lineBreak, isPlain }: Quoting, backslash: string): string {
  const joined = lineBreak === " " ? text.replace(/[ \t]*\r?\n[ \t]*/g, " ") : text.replace(/\r?\n/g, lineBreak);
  if (!isPlain) return joined;
  return joined.replace(/": +/g, '":').replace(/: /g, `:${backslash}u0020`).replace(/ #/g, `${backslash}u0020#`);
}
