// Adding, changing and forgetting rows of `plugsmith.hosts`. The address is tried while the user waits; a host that does not
// answer can be kept all the same.

import { commands, window } from "vscode";
import type { App } from "../app.js";
import { type Store, usualStore, valueIn, write } from "../configuration.js";
import type { HostConfig } from "../ops/index.js";
import { fill } from "./form.js";
import { type HostForm, hostSteps } from "./hostForm.js";
import { run } from "./run.js";
import { mayAct, pickHost, targetOf } from "./target.js";

export async function addHost(app: App): Promise<string | undefined> {
  if (!mayAct()) return undefined;
  const form = await fill<HostForm>("Add Host", { system: "buntime" }, hostSteps(app, undefined));
  if (form === undefined) return undefined;
  const store = usualStore();
  await saveRow(app, store, undefined, form);
  await welcome(app, form);
  return form.name;
}

export async function editHost(app: App, argument: unknown): Promise<string | undefined> {
  const host = await pickHost(app, targetOf(argument), "config", "Edit Host");
  const store = host === undefined ? undefined : storeOf(host.name);
  if (host === undefined || store === undefined) return host === undefined ? undefined : tellUnlisted(host);
  const { name, system, url, level } = host;
  const start: HostForm = { system, name, level, ...(url === undefined ? {} : { url }) };
  const form = await fill<HostForm>(`Edit ${name}`, start, hostSteps(app, name));
  if (form === undefined) return undefined;
  await saveRow(app, store, name, form);
  await app.store.refresh(form.name);
  return form.name;
}

export async function forgetHost(app: App, argument: unknown): Promise<void> {
  const host = await pickHost(app, targetOf(argument), "config", "Remove Host from Settings");
  const store = host === undefined ? undefined : storeOf(host.name);
  if (host === undefined) return;
  if (store === undefined) return void tellUnlisted(host);
  const forget = "Remove from Settings";
  const detail = "Nothing changes on the host. Its key stays in the secret store until you sign out.";
  const choice = await window.showWarningMessage(
    `Remove ${host.name} from the settings?`,
    { modal: true, detail },
    forget,
  );
  if (choice !== forget) return;
  await run(app, { name: `forget host ${host.name}`, title: "Writing the settings", quick: true }, () =>
    write(
      store,
      "hosts",
      rowsIn(store).filter((row) => nameOf(row) !== host.name),
    ),
  );
}

async function saveRow(app: App, store: Store, former: string | undefined, form: HostForm): Promise<void> {
  const { name, system, url, level } = form;
  const made = { name, system, url, level };
  const rows = rowsIn(store);
  const next =
    former === undefined
      ? [...rows, made]
      : rows.map((row) => (nameOf(row) === former && typeof row === "object" ? { ...row, ...made } : row));
  await run(app, { name: `save host ${name ?? ""}`, title: "Writing the settings", quick: true }, () =>
    write(store, "hosts", next),
  );
}

/** After a host was added: sign in where it wants a key, and show it. */
async function welcome(app: App, { name, url }: HostForm): Promise<void> {
  await app.store.refresh(name);
  const reach = app.store.state(name ?? "")?.reach.is;
  if (reach === "keyNeeded" && url !== undefined) {
    await commands.executeCommand("plugsmith.signIn", { host: name });
    await app.store.refresh(name);
  }
  if (name !== undefined) await app.reveal(name);
}

function tellUnlisted(host: HostConfig): undefined {
  void window.showInformationMessage(`"${host.name}" is not in the settings; it goes when it stops.`);
  return undefined;
}

function storeOf(name: string): Store | undefined {
  return (["workspace", "user"] as const).find((store) => rowsIn(store).some((row) => nameOf(row) === name));
}

function rowsIn(store: Store): readonly unknown[] {
  const value = valueIn(store, "hosts");
  return Array.isArray(value) ? value : [];
}

function nameOf(row: unknown): unknown {
  return typeof row === "object" && row !== null ? Reflect.get(row, "name") : undefined;
}
