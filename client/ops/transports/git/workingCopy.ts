// The state of the working copy that a plugin lies in, and what of it a host that fetches from the remote would not get.

import { remoteWords } from "./gitError.js";
import { type LocalGit, readGit } from "./localGit.js";

export interface WorkingCopy {
  /** The top folder of the repository. */
  readonly root: string;
  /** Absent when HEAD is detached. */
  readonly branch?: string;
  readonly commit: string;
  /** Paths in the plugin's folder that differ from the commit, new files among them. */
  readonly changed: readonly string[];
  /** Commits up to HEAD that no remote's branch had when it was last fetched. */
  readonly unpushed: number;
  /** Addresses by the names of the remotes; credentials in them are masked. */
  readonly remotes: readonly { readonly name: string; readonly address: string }[];
}

/** Undefined where there is no git, no repository or no commit. Changes nothing, and asks no remote. */
export function workingCopy(place: LocalGit): Promise<WorkingCopy | undefined> {
  return readGit(place, async (git) => {
    const said = (...args: string[]) => git.raw(args).then((text) => text.trim());
    const root = await said("rev-parse", "--show-toplevel");
    const commit = await said("rev-parse", "HEAD");
    const branch = await said("rev-parse", "--abbrev-ref", "HEAD");
    const { files } = await git.status(["--untracked-files=all", "--", "."]);
    const unpushed = Number(await said("rev-list", "--count", "HEAD", "--not", "--remotes"));
    const remotes = await git.getRemotes(true);
    return {
      root,
      commit,
      changed: files.map((file) => file.path).sort(),
      unpushed,
      remotes: remotes.map(({ name, refs }) => ({ name, address: remoteWords(refs.fetch) })),
      ...(branch === "HEAD" ? {} : { branch }),
    };
  });
}

/** For plans: sentences about what a host that fetches this repository won't have; none when all of it is there. */
export function notInRemote({ changed, unpushed, remotes }: WorkingCopy): readonly string[] {
  const [first] = changed;
  const words: string[] = [];
  if (first !== undefined) {
    const others = changed.length === 1 ? "" : ` and ${changed.length - 1} more`;
    words.push(`uncommitted changes will not be in it: ${first}${others}; commit and push them first`);
  }
  if (remotes.length === 0) words.push("the repository has no remote yet; push it to one that the host can reach");
  else if (unpushed > 0) {
    const commits = unpushed === 1 ? "1 commit is" : `${unpushed} commits are`;
    words.push(`${commits} not pushed and will not be in it; push first`);
  }
  return words;
}
