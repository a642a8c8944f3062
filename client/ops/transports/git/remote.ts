// What a remote has: its branches and tags, asked for without a clone. An address that could make git do something else is not
// given to it at all.
import { HostError } from "../../hosts/hostError.js";
import { remoteWords } from "./gitError.js";
import type { RemoteRefs } from "./refs.js";
import { type RemoteGit, remoteGit } from "./remoteGit.js";

/** Rejects with "missing", "forbidden" or "unreachable" where the remote can't be read from here. */
export async function remoteRefs(options: RemoteGit): Promise<RemoteRefs> {
  refuseOddAddress(options.step, options.address);
  return parseRefs(await remoteGit(options, ["ls-remote", "--symref", "--", options.address]));
}

function refuseOddAddress(step: string, address: string): void {
  const odd =
    address.trim() === ""
      ? "is empty"
      : address.startsWith("-") || /\p{Cc}/u.test(address)
        ? "is no address"
        : /^[a-z][\w+.-]*::/i.test(address)
          ? "names a program to be run"
          : undefined;
  if (odd === undefined) return;
  const message = `the repository "${remoteWords(address)}" ${odd}`;
  throw new HostError({ kind: "refused", step, message, next: "write an address of https, ssh or a folder" });
}

/** The lines of `ls-remote --symref`: `ref: refs/heads/main<tab>HEAD`, `<commit><tab>refs/tags/v1^{}`. */
export function parseRefs(text: string): RemoteRefs {
  const branches = new Map<string, string>();
  const tags = new Map<string, string>();
  let defaultBranch: string | undefined;
  for (const line of text.split("\n")) {
    const [value = "", name = ""] = line.split("\t");
    if (name === "HEAD" && value.startsWith("ref: refs/heads/")) defaultBranch = value.slice("ref: refs/heads/".length);
    else if (name.startsWith("refs/heads/")) branches.set(name.slice("refs/heads/".length), value);
    // The peeled line of an annotated tag comes after the tag's own.
    else if (name.startsWith("refs/tags/")) tags.set(name.slice("refs/tags/".length).replace(/\^\{\}$/, ""), value);
  }
  return { branches, tags, ...(defaultBranch === undefined ? {} : { defaultBranch }) };
}
