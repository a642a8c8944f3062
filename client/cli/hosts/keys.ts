// Where a terminal's user puts the keys of hosts: in variables, one for all that is asked in a run, and one for each host of a name.

import type { Terminal } from "../terminal.js";

/** The variable that holds the key of this host alone: PLUGSMITH_TOKEN_TEAM for "team". */
export function keyVariable(host: string): string {
  return `PLUGSMITH_TOKEN_${host.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

export function ownKey({ env }: Terminal, host: string): string | undefined {
  return env[keyVariable(host)] || undefined;
}

/**
 * Operations speak to an editor's user, who signs in; here a variable holds the key. `host`: where its own variable comes first.
 * To sign in elsewhere, at a cluster or a registry, stays what it is.
 */
export function terminalStep(next: string, { env, token }: Terminal, host?: string): string {
  const hasOwn = host !== undefined && Boolean(env[keyVariable(host)]);
  const variable = hasOwn ? keyVariable(host) : "PLUGSMITH_TOKEN";
  const [, wanted] = /^sign in with (an? .*)/.exec(next) ?? [];
  if (wanted !== undefined) return `set ${variable} to ${wanted}`;
  if (!/^sign in (to this host$|again\b)/.test(next)) return next;
  return hasOwn || token !== undefined ? `check the key in ${variable}` : `set ${variable} to a key of this host`;
}
