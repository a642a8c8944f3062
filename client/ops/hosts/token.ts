// The credential for a host, checked before it goes into a header.
import type { HostConfig, HostIo } from "./host.js";
import { HostError } from "./hostError.js";

export async function tokenOf(io: HostIo, config: HostConfig, step: string): Promise<string | undefined> {
  const token = (await io.token?.())?.trim();
  if (token === undefined || token === "") return undefined;
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new HostError({
    kind: "unauthorised",
    step,
    message: `the key stored for "${config.name}" holds blanks or letters that no key has; nothing was sent`,
    next: "sign in again and paste the key alone",
  });
}
