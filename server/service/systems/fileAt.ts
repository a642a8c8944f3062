// The tree of a file beside a manifest, shared by everybody who asks through the same files while its text stays the same.

import { type Parsed, parseText } from "../text/parsed.js";
import { rememberText } from "../text/remember.js";
import type { Files } from "./facts.js";

export function fileAt(path: string, files: Files): Parsed | undefined {
  const text = files.read(path);
  if (text === undefined) return undefined;
  return files.under?.read(path) === text ? fileAt(path, files.under) : parsedIn(files, path, text);
}

const parsedIn = rememberText((text, path) =>
  parseText(`file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`, text),
);
