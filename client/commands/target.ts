// What a command acts on: read from whatever called it, and asked of the user where that leaves a choice.

import { commands, Uri, window, workspace } from "vscode";
import type { LocalPlugin } from "../../server/protocol.js";
import { SYSTEMS, systemTitle } from "../../server/service/index.js";
import type { App } from "../app.js";
import {
  claimsOn,
  type HostConfig,
  type PluginHost,
  type PluginSummary,
  packableSystems,
  packerOf,
  type SystemId,
} from "../ops/index.js";
import { run } from "./run.js";

/** Every tree item carries one as `target`; other extensions and tests may pass one as it is. */
export interface Target {
  /** Name of a row of `plugsmith.hosts`. */
  readonly host?: string | undefined;
  /** Name of a plugin. */
  readonly plugin?: string | undefined;
  /** URI of the plugin's folder. */
  readonly root?: string | undefined;
  /** URI of its manifest. */
  readonly manifest?: string | undefined;
  /** Address of a page. */
  readonly address?: string | undefined;
  /** "yes": in spite of what the host has against it. */
  readonly force?: string | undefined;
  /** Id of an entry of the history. */
  readonly entry?: string | undefined;
  /** Path of an archive: where to write one, or which one to send. */
  readonly file?: string | undefined;
}

export function targetOf(argument: unknown): Target {
  if (argument instanceof Uri) return { manifest: argument.toString() };
  if (typeof argument === "string") return { plugin: argument };
  if (typeof argument !== "object" || argument === null) return {};
  const inner: unknown = Reflect.get(argument, "target") ?? argument;
  if (typeof inner !== "object" || inner === null) return {};
  const text = (key: keyof Target): string | undefined => {
    const value: unknown = Reflect.get(inner, key);
    return typeof value === "string" ? value : undefined;
  };
  return {
    host: text("host"),
    plugin: text("plugin"),
    root: text("root"),
    manifest: text("manifest"),
    address: text("address"),
    force: text("force"),
    entry: text("entry"),
    file: text("file"),
  };
}

/** The plugins of this workspace; asked for where none is known yet, as in a window that has just woken. */
export async function knownPlugins({ board }: App): Promise<readonly LocalPlugin[]> {
  if (board.plugins().length === 0) await board.reread();
  return board.plugins();
}

/** A plugin of this workspace that can be packaged; undefined when the user gave up or there is none. */
export async function pickPlugin(
  app: App,
  target: Target,
  title: string,
  /** The only system that is meant, where the host is chosen already. */
  only?: SystemId,
): Promise<LocalPlugin | undefined> {
  const systems = only === undefined ? packableSystems() : [only];
  const known = await knownPlugins(app);
  const all = known.filter(({ system }) => systems.some((one) => one === system));
  const meant = meantBy(target, all);
  const [first] = meant;
  if (first !== undefined && meant.length === 1) return first;
  if (first === undefined && target.root !== undefined) return unlisted(target.root, target.plugin, only);
  // Folders of one workspace may hold plugins of one name.
  const candidates = first === undefined ? all : meant;
  const active = window.activeTextEditor?.document.uri.toString();
  const shown = candidates.find((plugin) => plugin.manifest === active);
  const [single] = candidates;
  if (single === undefined) {
    void window.showInformationMessage(
      `There is no ${titleOf(only)}plugin here that can be packaged. New Plugin makes one.`,
    );
    return undefined;
  }
  if (candidates.length === 1) return single;
  const ordered = shown === undefined ? candidates : [shown, ...candidates.filter((plugin) => plugin !== shown)];
  const rows = ordered.map((plugin) => ({
    label: plugin.name,
    description: [plugin.version, workspace.asRelativePath(Uri.parse(plugin.root))].filter(Boolean).join(" · "),
    plugin,
  }));
  const options = { title, placeHolder: "Which plugin?", matchOnDescription: true, ignoreFocusOut: true };
  return (await window.showQuickPick(rows, options))?.plugin;
}

function meantBy({ root, manifest, plugin }: Target, candidates: readonly LocalPlugin[]): readonly LocalPlugin[] {
  const isMeant = ({ root: folder, manifest: file }: LocalPlugin) =>
    manifest === undefined ? folder === root : file === manifest || folder === manifest;
  // A folder is packed as a whole, whichever of its manifests was meant.
  if (manifest !== undefined || root !== undefined) return candidates.filter(isMeant).slice(0, 1);
  return candidates.filter((one) => one.name === plugin);
}

/** `Metaflow UI `, or nothing where any system will do. */
function titleOf(only: SystemId | undefined): string {
  return only === undefined ? "" : `${systemTitle(only)} `;
}

/** A folder that the language server has not told of (yet), by the name that its packer finds. */
async function unlisted(root: string, meant: string | undefined, only: SystemId | undefined): Promise<LocalPlugin> {
  const folder = Uri.parse(root);
  const [claimed] = await claimsOn(folder.fsPath);
  const system = only ?? claimed ?? "buntime";
  const plan = await packerOf(system)
    .plan(folder.fsPath, {})
    .catch(() => undefined);
  const last = folder.path.replace(/\/+$/, "").split("/").at(-1) ?? "";
  const kinds = SYSTEMS.find(({ id }) => id === system)?.documents ?? [];
  const manifest =
    plan?.files.find((file) => kinds.some((kind) => kind.fits(`/${file.path}`)))?.path ?? "manifest.yaml";
  return {
    system,
    name: plan?.name ?? meant ?? last,
    ...(plan?.version === undefined ? {} : { version: plan.version }),
    root,
    manifest: Uri.joinPath(folder, manifest).toString(),
    errors: 0,
    warnings: 0,
  };
}

/** Hosts of the system of the plugin that is meant; where none is, of the systems that the workspace has plugins of. */
export function ofItsSystem(app: App, target: Target): (host: HostConfig) => boolean {
  const all = app.board.plugins();
  const meant = meantBy(target, all);
  const systems = (meant.length === 0 ? all : meant).map(({ system }) => system);
  return (host) => systems.length === 0 || systems.some((system) => system === host.system);
}

/** A host that can do `action`; the only one is taken without asking. */
export async function pickHost(
  app: App,
  target: Target,
  action: keyof PluginHost,
  title: string,
  fits: (host: HostConfig) => boolean = () => true,
): Promise<HostConfig | undefined> {
  if (!mayAct()) return undefined;
  const fitting = app.rows.all().filter(fits);
  const able = fitting.filter((row) => app.connect(row)[action] !== undefined);
  const named = able.find((row) => row.name === target.host);
  if (named !== undefined) return named;
  // A host that was named is never silently replaced by another.
  if (target.host !== undefined && app.rows.named(target.host) !== undefined) {
    void tellUnable(title, target.host);
    return undefined;
  }
  const [only] = able;
  if (only === undefined) {
    const [known, another] = fitting;
    void (known !== undefined && another === undefined ? tellUnable(title, known.name) : offerHosts());
    return undefined;
  }
  if (able.length === 1) return only;
  const rows = able.map((host) => ({ label: host.name, description: `${host.level} · ${host.url ?? ""}`, host }));
  const options = { title, placeHolder: "Which host?", matchOnDescription: true, ignoreFocusOut: true };
  return (await window.showQuickPick(rows, options))?.host;
}

/** A plugin that the host lists; asked of the user when the caller names none. */
export async function pickOnHost(
  app: App,
  host: HostConfig,
  target: Target,
  verb: string,
  fits: (plugin: PluginSummary) => boolean,
): Promise<string | undefined> {
  if (target.plugin !== undefined) return target.plugin;
  const asking = { name: `list ${host.name}`, title: `Asking "${host.name}" for its plugins`, quick: true };
  await run(app, { ...asking, cancellable: false }, () => app.store.refresh(host.name));
  const state = app.store.state(host.name);
  const plugins = (state?.plugins ?? []).filter(fits);
  if (plugins.length === 0) {
    const why = state !== undefined && "reason" in state.reach ? `: ${state.reach.reason}` : " has no plugin for this";
    void window.showInformationMessage(`"${host.name}"${why}.`);
    return undefined;
  }
  const rows = plugins.map(({ name, version, state }) => ({
    label: name,
    description: [version, state].filter(Boolean).join(" · "),
  }));
  const options = { title: `${verb} on ${host.name}`, placeHolder: "Which plugin?", ignoreFocusOut: true };
  return (await window.showQuickPick(rows, options))?.label;
}

/** Such as a directory without an address, of which nothing tells what runs. */
async function tellUnable(title: string, host: string): Promise<void> {
  const check = "Check Host";
  const text = `"${title}" is not possible on "${host}" as its row in the settings stands.`;
  if ((await window.showInformationMessage(text, check)) === check)
    await commands.executeCommand("plugsmith.doctor", { host });
}

async function offerHosts(): Promise<void> {
  const [add, local] = ["Add Host", "Start Local Host"] as const;
  const choice = await window.showInformationMessage("No host is known for this.", add, local);
  if (choice === add) await commands.executeCommand("plugsmith.addHost");
  if (choice === local) await commands.executeCommand("plugsmith.startLocalHost");
}

/** Whether hosts and processes may be touched; says why not. `what` is done "in trusted workspaces only". */
export function mayAct(what = "Hosts are reached"): boolean {
  if (workspace.isTrusted) return true;
  const manage = "Manage Workspace Trust";
  void window
    .showInformationMessage(`${what} from trusted workspaces only.`, manage)
    .then((choice) => choice === manage && commands.executeCommand("workbench.trust.manage"));
  return false;
}
