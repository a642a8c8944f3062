// Adding, changing and forgetting rows of `plugsmith.hosts`. The address is tried while the user waits; a host that does not
// answer can be kept all the same.

import { commands, window } from "vscode";
import type { App } from "../../app.js";
import { type Store, usualStore, valueIn, write } from "../../configuration.js";
import { adapters, type HostConfig } from "../../ops/index.js";
import { run } from "../run.js";
import { mayAct, pickHost, targetOf } from "../target.js";
import { fill } from "./form.js";
import { type HostForm, hostSteps } from "./hostForm.js";
import { asksOf, rowOf } from "./hostPlaces.js";

export async function addHost(app: App): Promise<string | undefined> {
  if (!mayAct()) return undefined;
  const form = await fill<HostForm>("Add Host", { system: "buntime" }, hostSteps(app, undefined));
  if (form === undefined) return undefined;
  if (!(await saveRow(app, hostsStore(), undefined, form))) return undefined;
  await welcome(app, form);
  return form.name;
}

export async function editHost(app: App, argument: unknown): Promise<string | undefined> {
  const host = await pickHost(app, targetOf(argument), "config", "Edit Host");
  const store = host === undefined ? undefined : storeOf(host.name);
  if (host === undefined || store === undefined) return host === undefined ? undefined : tellUnlisted(host);
  const { name } = host;
  const row = rowsIn(store).find((one) => nameOf(one) === name);
  const form = await fill<HostForm>(`Edit ${name}`, formOf(host, row), hostSteps(app, name));
  if (form === undefined) return undefined;
  if (!(await saveRow(app, store, name, form))) return undefined;
  await app.store.refresh(form.name);
  return form.name;
}

export async function forgetHost(app: App, argument: unknown): Promise<void> {
  const host = await pickHost(app, targetOf(argument), "config", "Remove Host from Settings");
  const store = host === undefined ? undefined : storeOf(host.name);
  if (host === undefined) return;
  if (store === undefined) return void tellUnlisted(host);
  const forget = "Remove from Settings";
  const detail = "Nothing changes on the host. Its key stays in the secret storage until you sign out.";
  const choice = await window.showWarningMessage(
    `Remove ${host.name} from the settings?`,
    { modal: true, detail },
    forget,
  );
  if (choice !== forget) return;
  const left = rowsIn(store).filter((row) => nameOf(row) !== host.name);
  await writeRows(app, `forget host ${host.name}`, store, left);
}

async function saveRow(app: App, store: Store, former: string | undefined, form: HostForm): Promise<boolean> {
  const { name, system, url, level, ...others } = rowOf(form);
  const made = { name, system, ...(url === undefined ? {} : { url }), level, ...others };
  const rows = rowsIn(store);
  // Of two rows with one name, the first is the host; the other is told of as unsound, and stays as it is.
  const at = former === undefined ? -1 : rows.findIndex((row) => nameOf(row) === former);
  const old = rows[at];
  const kept = typeof old === "object" && old !== null ? Object.entries(old).filter(([key]) => !asked(form, key)) : [];
  const next = at < 0 ? [...rows, made] : rows.with(at, { ...Object.fromEntries(kept), ...made });
  return writeRows(app, `save host ${name ?? ""}`, store, next);
}

/** Whether the form decides about this key of the row; all others stay as they are. */
function asked({ system }: HostForm, key: string): boolean {
  const fields = adapters.find((one) => one.system === system)?.fields ?? [];
  const { places, address, cluster } = asksOf(system);
  if (key === "url") return address !== undefined;
  if (key === "kubernetes") return cluster.length > 0;
  return fields.some((field) => field.key === key) || (key === "directory" && places.includes("directory"));
}

/** The form as the row fills it: what stands there, not what paths lead to. */
function formOf({ name, system, level, url, kubernetes, directory, own }: HostConfig, row: unknown): HostForm {
  const written = Object.keys(own ?? {}).flatMap((key) => {
    const value: unknown = typeof row === "object" && row !== null ? Reflect.get(row, key) : undefined;
    return value === undefined ? [] : [[key, typeof value === "string" ? value : own?.[key]]];
  });
  return {
    name,
    system,
    level,
    place: kubernetes !== undefined ? "kubernetes" : directory !== undefined ? "directory" : "none",
    ...(url === undefined ? {} : { url }),
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(directory === undefined ? {} : { directory }),
    ...(written.length === 0 ? {} : { own: Object.fromEntries(written) }),
  };
}

async function writeRows(app: App, name: string, store: Store, rows: readonly unknown[]): Promise<boolean> {
  const act = { name, title: "Writing the settings", quick: true, cancellable: false };
  const written = await run(app, act, async () => {
    // An empty list would hide the hosts of the user's own settings.
    await write(store, "hosts", rows.length === 0 ? undefined : rows);
    return true;
  });
  return written === true;
}

/** Where the rows in use stand: a list in the workspace's settings hides the user's, so one more must not begin one there. */
function hostsStore(): Store {
  const stores = ["workspace", "user"] as const;
  return stores.find((store) => rowsIn(store).length > 0) ?? usualStore();
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
  const name: unknown = typeof row === "object" && row !== null ? Reflect.get(row, "name") : undefined;
  return typeof name === "string" ? name.trim() : undefined;
}
