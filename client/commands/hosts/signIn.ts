// Signing in and out: a key is kept once the host accepts it, or once the user knows that this could not be found out.

import { window } from "vscode";
import type { App } from "../../app.js";
import { isLocalHost, localHostName } from "../../localHostName.js";
import { type HostConfig, HostError } from "../../ops/index.js";
import { run } from "../run.js";
import { mayAct, pickHost, targetOf } from "../target.js";
import { askForKey } from "./askForKey.js";

export async function signIn(app: App, argument: unknown): Promise<boolean> {
  const target = targetOf(argument);
  const rows = app.rows.all();
  if (isLocalHost(target.host ?? "") || (rows.length > 0 && !rows.some(wantsKeys))) {
    void window.showInformationMessage(`The ${localHostName} needs no key.`);
    return false;
  }
  const host = await pickHost(app, target, "list", "Sign In", wantsKeys);
  if (host?.url === undefined) return false;
  const key = await askForKey(host, "The key that this host gives you.");
  if (key === undefined) return false;
  const found = await run(
    app,
    { name: `sign in to ${host.name}`, title: `Trying the key on "${host.name}"` },
    ({ signal }) => tryKey(app, host, key, signal),
  );
  if (found === undefined) return false;
  await app.secrets.keep(host.url, key);
  void window.showInformationMessage(found);
  return true;
}

/** The local host asks for no key. */
function wantsKeys({ name }: HostConfig): boolean {
  return !isLocalHost(name);
}

/** A sentence on what is known of the key; a refused key is an error. */
async function tryKey(app: App, host: HostConfig, key: string, signal: AbortSignal): Promise<string> {
  try {
    const told = await app.connectWith(host, key).describe?.(AbortSignal.any([signal, AbortSignal.timeout(15_000)]));
    const who = told?.principal === undefined ? "" : ` as ${told.principal.name}`;
    return `Signed in to "${host.name}"${who}.`;
  } catch (error) {
    if (!(error instanceof HostError) || error.kind !== "unreachable") throw error;
    return `"${host.name}" can't be reached now, so the key is kept untried.`;
  }
}

export async function signOut(app: App, argument: unknown): Promise<boolean> {
  if (!mayAct()) return false;
  const target = targetOf(argument);
  const rows = await Promise.all(
    app.rows.all().map(async (host) => ({
      label: host.name,
      description: host.url ?? "",
      host,
      key: await app.secrets.token(host.url),
    })),
  );
  const signedIn = rows
    .filter(({ key }) => key !== undefined)
    .map(({ label, description, host }) => ({ label, description, host }));
  const named = signedIn.find(({ label }) => label === target.host);
  if (signedIn.length === 0 || (target.host !== undefined && named === undefined)) {
    const whose = target.host === undefined ? "a host" : `"${target.host}"`;
    void window.showInformationMessage(`No key of ${whose} is kept here.`);
    return false;
  }
  const picked = named ?? (await window.showQuickPick(signedIn, { title: "Sign Out", placeHolder: "Which host?" }));
  if (picked?.host.url === undefined) return false;
  await app.secrets.forget(picked.host.url);
  void window.showInformationMessage(`The key of "${picked.label}" is forgotten here; on the host it stays valid.`);
  return true;
}
