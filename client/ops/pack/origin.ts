// Where a plugin's files come from: the git commit they are at and whether they differ from it.
// Quiet where there is no git, no repository or no commit; it never changes a repository.
import { readGit } from "../transports/git/localGit.js";

export interface GitOrigin {
  readonly commit: string;
  readonly branch?: string;
  /** True when the plugin's folder has changes that the commit does not hold. */
  readonly dirty: boolean;
}

export function gitOrigin(folder: string, signal?: AbortSignal): Promise<GitOrigin | undefined> {
  return readGit({ folder, ...(signal ? { signal } : {}) }, async (git) => {
    const commit = (await git.revparse(["HEAD"])).trim();
    const branch = (await git.revparse(["--abbrev-ref", "HEAD"])).trim();
    const status = await git.raw(["status", "--porcelain", "--", "."]);
    return { commit, dirty: status.trim() !== "", ...(branch === "HEAD" ? {} : { branch }) };
  });
}
