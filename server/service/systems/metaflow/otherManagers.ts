// Editors, shells and multiplexers have lists of plugins in the very shape that the guide shows, `{ "name": "https://….git" }`.
// Such a list is told by what it lists, or by what stands around it; one without any such sign can't be told apart.

import type { MapNode } from "../../text/node.js";
import { dirname } from "../../text/paths.js";
import type { Files } from "../facts.js";
import { asScalar } from "../read.js";

/** Why a file of addresses alone is another program's; undefined when nothing says so, or an entry is no address. */
export function otherManagerOf(map: MapNode, path: string | undefined, files: Files): string | undefined {
  const addresses = map.pairs.map((pair) => asScalar(pair.value)?.text);
  if (addresses.some((one) => one === undefined || /metaflow/i.test(one))) return undefined;
  const listed = addresses.find((one) => TOOL.test(repositoryIn(one ?? "")));
  if (listed !== undefined) return `it lists "${repositoryIn(listed)}", another program's plugin`;
  if (path === undefined) return undefined;
  const folder = dirname(path);
  if (FOLDER.test(folder)) return "it lies among the settings of another program";
  const beside = BESIDE.find((name) => files.kind(`${folder}/${name}`) === "file");
  return beside === undefined ? undefined : `${beside} stands beside it`;
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
