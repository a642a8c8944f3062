// The search for a planted credential in everything that was said and written: texts, and files as deep as folders go.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** Where it stands, in any spelling that it may take on its way; archives are looked into. Nothing is right. */
export function foundAgain(
  secret: string,
  { texts = [], folders = [] }: { readonly texts?: readonly string[]; readonly folders?: readonly string[] },
): readonly string[] {
  const plain = Buffer.from(secret).toString("base64");
  const spellings = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), plain];
  const holds = (text: Buffer | string) => spellings.some((spelling) => text.includes(spelling));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  if (folders.length > 0 && files.length === 0) throw new Error("there are no files to search");
  return [
    ...texts.filter(holds).map((text) => around(text, secret)),
    ...files.filter((file) => holds(file) || holds(contentOf(file))),
  ];
}

function contentOf(file: string): Buffer {
  const content = readFileSync(file);
  return content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content;
}

function around(text: string, secret: string): string {
  const at = Math.max(0, text.indexOf(secret));
  return text.slice(Math.max(0, at - 200), at + 200);
}
