// Which text is surely the address of a git repository, and the one that an entry of PLUGINS has, to tell such entries from
// what other programs keep.

import { keyText, type Node } from "../../text/node.js";
import { asMap, asScalar } from "../read.js";

export function isGitAddress(text: string): boolean {
  if (/^(ssh|git|git\+ssh|ssh\+git|file):\/\/|^[\w.-]+@[\w.-]+:/.test(text)) return true;
  if (/^https?:\/\/\S+\.git\/?$/.test(text)) return true;
  return /^https?:\/\/([^/@\s]*@)?(github|gitlab|bitbucket)\.[a-z]+\/[^/\s]+\/[^/\s]+\/?$/.test(text);
}

/** The text of an entry's `repository`; empty where there is none. */
export function repositoryOf(entry: Node | undefined): string {
  const repository = asMap(entry)?.pairs.find((pair) => keyText(pair) === "repository")?.value;
  return asScalar(repository)?.text ?? "";
}
