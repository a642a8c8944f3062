// The directory of a host that is reached through one: there, writable, and in no git checkout that a host or a person would overwrite.
import { access, constants, stat } from "node:fs/promises";
import type { Check, HostConfig } from "../hosts/host.js";
import { canBeMade, enclosingCheckout } from "../transports/directory/checks.js";
import { fromHome } from "../transports/home.js";

/** `isMade`: a first plugin brings the directory along. */
export async function directoryChecks(
  { directory }: HostConfig,
  { isMade }: { readonly isMade: boolean },
): Promise<readonly Check[]> {
  if (directory === undefined) return [];
  const name = "directory";
  const place = fromHome(directory);
  const found = await stat(place).catch(() => undefined);
  if (isMade && (await canBeMade(place))) {
    const next = "deploy a plugin, which makes it; or correct the host's directory";
    return [{ name, state: "attention", detail: `${place} is not there yet`, next }];
  }
  if (found?.isDirectory() !== true) {
    const what = found === undefined ? "is not there" : "is a file";
    return [
      { name, state: "bad", detail: `${place} ${what}`, next: "mount the volume, or correct the host's directory" },
    ];
  }
  const writes = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writes) {
    const detail = `${place} may not be written by you (mode ${(found.mode & 0o7777).toString(8)}, user ${found.uid})`;
    return [{ name, state: "bad", detail, next: "act as its owner, or have it opened to your group" }];
  }
  const checkout = await enclosingCheckout(place);
  if (checkout !== undefined) {
    const detail = `${place} can be written, and lies in the git checkout ${checkout}`;
    return [
      {
        name,
        state: "attention",
        detail,
        next: "keep installed plugins out of a checkout: what is not committed there can be lost",
      },
    ];
  }
  return [{ name, state: "good", detail: `${place} can be written` }];
}
