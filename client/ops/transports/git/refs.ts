// Which of a remote's references a plugin host would check out for a given `ref`, as Metaflow's service resolves it: names as git
// abbreviates them, after a clone and a fetch; commits and expressions are found there but can't be checked out. Pure.
import { nearest } from "../../../../server/service/index.js";

export interface RemoteRefs {
  /** The branch that HEAD stands for; absent in an empty repository, or where HEAD is detached. */
  readonly defaultBranch?: string;
  /** Commit of each branch and tag by its name; annotated tags by the commit that they lead to. */
  readonly branches: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

/**
 * - `follows`: a later start of the host takes what has been pushed since;
 * - `stays`: it stays at what the first start cloned, whatever is pushed;
 * - `fixed`: a tag.
 */
export type RefVerdict =
  | {
      readonly loads: true;
      readonly moves: "follows" | "stays" | "fixed";
      /** As it is called in the host's clone. */
      readonly name: string;
      readonly commit: string;
      /** Where it is not what one would expect: a sentence. */
      readonly note?: string;
    }
  | { readonly loads: false; readonly message: string; readonly next: string };

export function resolveRef(remote: RemoteRefs, ref: string | undefined): RefVerdict {
  const asked = ref ?? "";
  if (asked === "") return withoutRef(remote);
  const there = clonedRefs(remote);
  for (const name of ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"].map((prefix) => prefix + asked)) {
    const found = there.get(name);
    if (found !== undefined) return loads(remote, name, found);
  }
  const head = `refs/remotes/${asked}/HEAD`;
  const found = there.get(head);
  return found === undefined ? notThere(remote, asked) : loads(remote, head, found);
}

/** The references that the host's clone has once it is fetched. */
function clonedRefs({ defaultBranch, branches, tags }: RemoteRefs): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  for (const [name, commit] of branches) refs.set(`refs/remotes/origin/${name}`, commit);
  for (const [name, commit] of tags) refs.set(`refs/tags/${name}`, commit);
  const commit = defaultBranch === undefined ? undefined : branches.get(defaultBranch);
  if (defaultBranch === undefined || commit === undefined) return refs;
  return refs.set("HEAD", commit).set(`refs/heads/${defaultBranch}`, commit).set("refs/remotes/origin/HEAD", commit);
}

function loads({ defaultBranch }: RemoteRefs, name: string, commit: string): RefVerdict {
  if (name.startsWith("refs/tags/")) return { loads: true, moves: "fixed", name, commit };
  if (name.startsWith("refs/remotes/")) return { loads: true, moves: "follows", name, commit };
  const note = `the host stays at the commit that it clones first, whatever is pushed later; write "origin/${defaultBranch}" to follow the branch`;
  return { loads: true, moves: "stays", name, commit, note };
}

function withoutRef({ branches, defaultBranch }: RemoteRefs): RefVerdict {
  const commit = branches.get("master");
  const name = "refs/remotes/origin/master";
  if (commit !== undefined) return { loads: true, moves: "follows", name, commit };
  const next = defaultBranch === undefined ? "push a branch" : `write "origin/${defaultBranch}" as ref`;
  return {
    loads: false,
    message: 'without a ref the host checks out "origin/master", which the repository does not have',
    next,
  };
}

function notThere({ branches, tags, defaultBranch }: RemoteRefs, asked: string): RefVerdict {
  const bare = asked.replace(/^(refs\/)?heads\//, "");
  if (branches.has(bare)) {
    const message = `the host does not find the branch "${bare}" by this name: only the default branch has a bare one`;
    return { loads: false, message, next: `write "origin/${bare}"` };
  }
  const names = [...[...branches.keys()].map((name) => `origin/${name}`), ...tags.keys()];
  if (/[~^:]|@\{/.test(asked)) {
    const base = asked.replace(/([~^:]|@\{).*$/s, "");
    const next = names.includes(base)
      ? `write "${base}", or tag the commit and name the tag`
      : "tag the commit and name the tag";
    return { loads: false, message: `"${asked}" stands for a commit, which the host can't check out`, next };
  }
  const commits = [...branches.values(), ...tags.values()];
  if (
    /^[0-9a-f]{4,40}$/i.test(asked) &&
    (commits.some((commit) => commit.startsWith(asked.toLowerCase())) || asked.length === 40)
  ) {
    const next = "tag the commit and name the tag, or follow a branch";
    return { loads: false, message: `"${asked}" is a commit, which the host can't check out`, next };
  }
  const [meant] = nearest(asked, names);
  const usual =
    defaultBranch === undefined ? "push a branch first" : `write "origin/${defaultBranch}", or a tag that is there`;
  const next = meant === undefined ? usual : `did you mean "${meant}"?`;
  return { loads: false, message: `the repository has no branch and no tag "${asked}"`, next };
}
