// What a fix writes has the line ends of the file that it goes into, whoever made it: rules write "\n" and need not know.

import type { Fix } from "../systems/problem.js";
import type { Manifest } from "../systems/system.js";

export function withLineEnds(manifest: Manifest, fix: Fix): Fix {
  const { parsed, workspace } = manifest;
  const isOneLine = (text: string) => !text.includes("\n");
  const edits = fix.edits.map((edit) => {
    if (isOneLine(edit.newText)) return edit;
    const other = edit.path === undefined ? undefined : workspace.files.read(edit.path);
    const eol = edit.path === undefined ? parsed.eol : other?.includes("\r\n") ? "\r\n" : "\n";
    return { ...edit, newText: written(edit.newText, eol) };
  });
  const files = fix.files?.map((one) =>
    "create" in one && !isOneLine(one.text) ? { ...one, text: written(one.text, parsed.eol) } : one,
  );
  return { ...fix, edits, ...(files && { files }) };
}

const written = (text: string, eol: string): string => text.replace(/\r?\n/g, eol);
