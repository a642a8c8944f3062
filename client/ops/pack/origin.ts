// Where a plugin's files come from: the git commit they are at and whether they differ from it.
// Quiet where there is no git, no repository or no commit; it never changes a repository.
import { access } from "node:fs/promises";
import path from "node:path";
import { readGit } from "../transports/git/localGit.js";

export interface GitOrigin {
  readonly commit: string;
  readonly branch?: string;
  /** True when the plugin's folder has changes that the commit does not hold. */
  readonly dirty: boolean;
}

export async function gitOrigin(folder: string, signal?: AbortSignal): Promise<GitOrigin | undefined> {
  // Starting a program takes as long as packing a hundred files.
  if (process.env.GIT_DIR === undefined && !(await isInRepository(path.resolve(folder)))) return undefined;
  return readGit({ folder, ...(signal ? { signal } : {}) }, async (git) => {
    const status = await git.raw(["--no-optional-locks", "status", "--porcelain=v2", "--branch", "--", "."]);
    const said = (name: string) => new RegExp(`^# branch\\.${name} (.*)$`, "m").exec(status)?.[1];
    const [commit, branch] = [said("oid"), said("head")];
    // A repository without a commit says "(initial)".
    if (commit === undefined || commit.startsWith("(")) return undefined;
    const dirty = /^[^#]/m.test(status);
    return { commit, dirty, ...(branch === undefined || branch === "(detached)" ? {} : { branch }) };
  });
}

async function isInRepository(folder: string): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await access(path.join(at, ".git")).then(
      () => true,
      () => false,
    );
    if (found || at === path.dirname(at)) return found;
  }
}
