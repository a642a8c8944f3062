// Keys that an entry of PLUGINS doesn't have, and the keys that people mean by them: near in spelling, or what other tools
// call it. The problem at such a key says it all, so what its absence leads to is none of its own.

import { nearest } from "../../text/nearest.js";
import { ENTRY_KEYS, isOneOf } from "./words.js";

/** What other tools call it. */
const ALIKE: Readonly<Record<string, (typeof ENTRY_KEYS)[number]>> = {
  url: "repository",
  uri: "repository",
  git: "repository",
  giturl: "repository",
  remote: "repository",
  source: "repository",
  src: "repository",
  branch: "ref",
  tag: "ref",
  commit: "ref",
  sha: "ref",
  rev: "ref",
  revision: "ref",
  version: "ref",
  config: "parameters",
  options: "parameters",
  settings: "parameters",
  args: "parameters",
  dir: "paths",
  directory: "paths",
  folder: "paths",
  folders: "paths",
  subdir: "paths",
  subdirectory: "paths",
  credentials: "auth",
};

/** The key of an entry that `name` is written for, undefined for one that the service reads or that means nothing here. */
export function meantBy(name: string): string | undefined {
  if (isOneOf(ENTRY_KEYS, name)) return undefined;
  const plain = name.toLowerCase().replace(/[-_ ]/g, "");
  return nearest(name, ENTRY_KEYS)[0] ?? (Object.hasOwn(ALIKE, plain) ? ALIKE[plain] : undefined);
}
