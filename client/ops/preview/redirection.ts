// A previewed site stands below a path of its own, while its pages ask for addresses from the root. Such addresses in what they
// write are led below that path; a script in front of a page's head does the same for what its scripts do, and takes itself out
// of the page again.

import { ledPage } from "./inPage/ledPage.js";

/** `words`: first words of the paths to lead there; without them, every path of this origin. */
export function redirection(root: string, html: string, words?: readonly string[]): string {
  const hasImportMap = /<script\b[^>]{0,500}\btype\s{0,9}=\s{0,9}["']?importmap/i.test(html);
  return `<script>(${ledPage})(${inScript({ root, words, hasImportMap })},${ledBelow})</script>`;
}

/**
 * Addresses from the root in a page or a style sheet; what stands below `root` stays. `words` as above. Its text is put into pages,
 * so it stands alone: nothing outside the function is used in it.
 */
export function ledBelow(root: string, source: string, words?: readonly string[]): string {
  const literal = root.slice(1).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const named = words === undefined ? "" : `(?=(?:${words.join("|")})(?:/|["'\\s,)?#>]|$))`;
  const first = `/(?!/|${literal}(?:/|["'\\s,)?#>]|$))${named}`;
  const attributes = "src|href|xlink:href|action|poster|data|formaction|background";
  const places = [
    `\\s(?:${attributes})\\s*=\\s*["']?`,
    `\\burl\\(\\s*["']?`,
    `@import\\s+["']`,
    `\\scontent\\s{0,9}=\\s{0,9}["']?\\s{0,9}[\\d.]{0,9}\\s{0,9};\\s{0,9}url\\s{0,9}=\\s{0,9}`,
  ];
  const lists = /(\s(?:srcset|imagesrcset)\s*=\s*)("[^"]*"|'[^']*')/gi;
  return source
    .replace(new RegExp(`(${places.join("|")})${first}`, "gi"), `$1${root}/`)
    .replace(lists, (_, name: string, list: string) => {
      return name + list.replace(new RegExp(`(^["']|\\s)${first}`, "g"), `$1${root}/`);
    });
}

/** Right behind the beginning of the head, before anything of the page's own. */
export function atHead(html: string, inserted: string): string {
  const start = /<head[^>]*>/i.exec(html) ?? /<html[^>]*>/i.exec(html) ?? /<!doctype[^>]*>/i.exec(html);
  const at = start === null ? 0 : start.index + start[0].length;
  return `${html.slice(0, at)}${inserted}${html.slice(at)}`;
}

/** A value as it may stand in a script of a page. */
function inScript(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replaceAll("<", "\\u003c");
}
