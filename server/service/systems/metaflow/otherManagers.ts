// Editors, shells and multiplexers have lists of plugins in the very shape that the guide shows, `{ "name": "https://….git" }`.
// Such a list is told by what it lists, or by what stands around it; one without any such sign can't be told apart.

import { keyText, type MapNode, type Node } from "../../text/node.js";
import { dirname } from "../../text/paths.js";
import type { Files } from "../facts.js";
import { asMap, asScalar } from "../read.js";
import { repositoryOf } from "./gitAddress.js";
import { FOR_REF, isOneOf } from "./words.js";

/** What an entry says of whose list it stands in. */
export type Hint = "no address" | "metaflow" | "tool";

export function hintsOf(entry: Node | undefined): readonly Hint[] {
  const address = addressOf(entry);
  if (address === undefined) return ["no address"];
  if (/metaflow/i.test(address)) return ["metaflow"];
  return TOOL.test(repositoryIn(address)) ? ["tool"] : [];
}

/**
 * Why a file of addresses alone, or of addresses with a branch or tag, is another program's; undefined when nothing says
 * so, or an entry is none of these. `isHinted` by any of its entries.
 */
export function otherManagerOf(
  map: MapNode,
  isHinted: (hint: Hint) => boolean,
  path: string | undefined,
  files: Files,
): string | undefined {
  if (isHinted("no address") || isHinted("metaflow")) return undefined;
  if (isHinted("tool")) {
    const listed = map.pairs.find(({ value }) => hintsOf(value).includes("tool"));
    return `it lists "${repositoryIn(addressOf(listed?.value) ?? "")}", another program's plugin`;
  }
  if (path === undefined) return undefined;
  const folder = dirname(path);
  if (FOLDER.test(folder)) return "it lies among the settings of another program";
  const beside = BESIDE.find((name) => files.kind(`${folder}/${name}`) === "file");
  return beside === undefined ? undefined : `${beside} stands beside it`;
}

const addressOf = (entry: Node | undefined): string | undefined =>
  isPinned(entry) ? repositoryOf(entry) : asScalar(entry)?.text;

/** `{ "repository": …, "branch": … }`: such managers have the key of a branch or tag, and none that only the service reads. */
function isPinned(entry: Node | undefined): boolean {
  const keys = asMap(entry)?.pairs.map(keyText) ?? [];
  return (
    keys.some((key) => isOneOf(FOR_REF, key)) && keys.every((key) => key === "repository" || isOneOf(FOR_REF, key))
  );
}

/** Owner and name: `tpope/vim-fugitive`. */
const repositoryIn = (address: string): string => /([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(address)?.[1] ?? "";

/** Programs that bear their name in those of their plugins, which are no pages in a frame. */
const TOOL =
  /(?:^|[-_./])(?:n?vim|neovim|vim-scripts|emacs|tmux|zsh|oh-my-zsh|fish|asdf|dokku|kubectl|sublime)(?:$|[-_./])/i;

const FOLDER =
  /\/(?:vimfiles|vimrc|\.?n?vim|neovim|\.?tmux|\.?zsh|\.?oh-my-zsh|\.?asdf|\.?emacs\.d|\.?dotfiles)(?:\/|$)/i;

const BESIDE = [
  ...["vimrc", ".vimrc", "_vimrc", "gvimrc", "init.vim", "init.lua"],
  ...["tmux.conf", ".tmux.conf", "zshrc", ".zshrc", "config.fish", ".tool-versions", "init.el"],
];
