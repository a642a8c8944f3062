// What remotes said of their branches and tags, where somebody asked them: which ref leads to what, by the way that the service
// resolves it. A remote that wasn't asked is unknown.

import { ageOf } from "../age.js";
import type { RemoteRefs } from "../facts.js";
import type { Manifest } from "../system.js";
import type { Entry } from "./entries.js";

export type Checkout =
  | { readonly is: "branch" | "default"; readonly name: string }
  | { readonly is: "tag"; readonly name: string }
  /** The default branch as it was at the first clone. */
  | { readonly is: "fixed"; readonly name: string }
  /** A branch, but not by this name. */
  | { readonly is: "bare"; readonly name: string }
  | { readonly is: "missing" };

export const remoteOf = ({ workspace }: Manifest, { repository }: Pick<Entry, "repository">): RemoteRefs | undefined =>
  repository === undefined ? undefined : workspace.remotes?.find((one) => one.repository === repository);

/** What a ref that is no expression leads to at this remote. */
export function checkoutOf(ref: string, { head, branches, tags }: RemoteRefs): Checkout {
  if (ref === "origin" || ref === "origin/HEAD" || ref === "refs/remotes/origin/HEAD")
    return head === undefined ? { is: "missing" } : { is: "default", name: head };
  const tag = ref.replace(/^(refs\/)?tags\//, "");
  if (tags.includes(tag)) return { is: "tag", name: tag };
  const followed = /^(?:refs\/remotes\/)?origin\/(.+)$/.exec(ref)?.[1];
  if (followed !== undefined) return branches.includes(followed) ? { is: "branch", name: followed } : { is: "missing" };
  const bare = ref.replace(/^(refs\/)?heads\//, "");
  if (head !== undefined && (ref === "HEAD" || bare === head)) return { is: "fixed", name: head };
  return branches.includes(bare) ? { is: "bare", name: bare } : { is: "missing" };
}

/** Every ref of the remote in the form that the service can check out, those that follow first. */
export function refsOfRemote({
  head,
  branches,
  tags,
}: RemoteRefs): readonly { readonly ref: string; readonly about: string }[] {
  const first = [...branches].sort((a, b) => Number(b === head) - Number(a === head));
  return [
    ...first.map((name) => ({
      ref: `origin/${name}`,
      about: name === head ? "default branch, follows" : "branch, follows",
    })),
    ...[...tags]
      .reverse()
      .map((name) => ({ ref: branches.includes(name) ? `refs/tags/${name}` : name, about: "tag, fixed" })),
  ];
}

export const askedWords = ({ at }: RemoteRefs): string => `the remote was asked ${ageOf(at)}`;
