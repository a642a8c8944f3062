// In which encoding a file lies on the disk. Only bytes tell it, and they are asked for only where the text gives reason to.

import type { Files } from "./facts.js";

/** Whether the bytes are no UTF-8: letters that can't be read became U+FFFD, which the bytes don't spell themselves. */
export function isNoUtf8(files: Files, path: string | undefined, text: string): boolean {
  const bytes = path !== undefined && text.includes("\ufffd") ? files.bytes(path) : undefined;
  return bytes !== undefined && !spellsReplacement(bytes);
}

/** Whether a text that begins with a byte order mark was UTF-16. */
export function isUtf16(files: Files, path: string | undefined): boolean {
  const first = path === undefined ? undefined : files.bytes(path)?.[0];
  return first === 0xff || first === 0xfe;
}

function spellsReplacement(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) return true;
  return false;
}
