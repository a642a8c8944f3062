// Where a plugin's files come from: the git commit they are at and whether they differ from it.
// Quiet where there is no git, no repository or no commit; it never changes a repository.
import { simpleGit } from "simple-git";

export interface GitOrigin {
  readonly commit: string;
  readonly branch?: string;
  /** True when the plugin's folder has changes that the commit does not hold. */
  readonly dirty: boolean;
}

export async function gitOrigin(folder: string): Promise<GitOrigin | undefined> {
  try {
    const git = simpleGit({ baseDir: folder, timeout: { block: 5000 } });
    const commit = (await git.revparse(["HEAD"])).trim();
    const branch = (await git.revparse(["--abbrev-ref", "HEAD"])).trim();
    const status = await git.raw(["status", "--porcelain", "--", "."]);
    return { commit, dirty: status.trim() !== "", ...(branch === "HEAD" ? {} : { branch }) };
  } catch {
    return undefined;
  }
}
