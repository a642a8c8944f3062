// The plugins of a server: what its plugins.yaml lists, by distribution, joined with what it shows over HTTP. There is no class path
// in the server's list, so that a name or a version is matched where a plugin tells it, and otherwise what is known is counted.
import { definedOf } from "../../values.js";
import type { PluginSummary } from "../host.js";
import type { ShownPlugin } from "./api.js";
import type { Group } from "./groups.js";
import { whyNot } from "./python/probe.js";

export interface Shown {
  /** Undefined where the server could not be asked; the reason in words then. */
  readonly plugins: readonly ShownPlugin[] | undefined;
  readonly reason?: string;
}

/** `remote`: class paths of remote_plugins.yaml. */
export function inventory(groups: readonly Group[], shown: Shown, remote: readonly string[]): readonly PluginSummary[] {
  const expected = groups.flatMap(({ classes }) => classes.filter((row) => row.shown === true)).length;
  const summaries = groups.map((group) => summaryOf(group, shown, expected));
  const listed = new Set(groups.flatMap(({ classes }) => classes.map((row) => row.className)));
  const others = new Map<string, string[]>();
  for (const className of remote) {
    const name = className.split(".")[0] ?? className;
    const isKnown =
      listed.has(className) ||
      groups.some(({ classes }) => classes.some((row) => row.className.startsWith(`${name}.`)));
    if (!isKnown) others.set(name, [...(others.get(name) ?? []), className]);
  }
  const controllers = [...others].map(([name, classes]) => ({
    ...plain(name, "installed"),
    removeKey: name,
    note: `${classes.join(", ")}: for controllers alone, which load it at their next launch`,
  }));
  return [...summaries, ...controllers];
}

/** A server of which nothing but its own list can be had. */
export function shownAlone(plugins: readonly ShownPlugin[]): readonly PluginSummary[] {
  return plugins.map(({ name, version, script }, at) => ({
    ...plain(name ?? `plugin ${at + 1}`, "loaded"),
    ...definedOf({ version, path: script }),
    ...(name === undefined ? { note: "the plugin tells no name, and the server tells no class" } : {}),
  }));
}

/** The row of the server's list that is this plugin's, where the plugin tells a name. */
export function rowOf(group: Group, plugins: readonly ShownPlugin[]): ShownPlugin | undefined {
  const same = (text: string) =>
    text
      .toLowerCase()
      .replace(/[\s\-_.]+/g, "-")
      .replace(/-plugin$/, "");
  const names = group.classes.flatMap(({ className }) => [
    className,
    className.split(".").at(-1) ?? "",
    className.split(".")[0] ?? "",
  ]);
  const wanted = new Set([group.name, ...names].map(same));
  return plugins.find(({ name }) => name !== undefined && wanted.has(same(name)));
}

function summaryOf(group: Group, { plugins, reason }: Shown, expected: number): PluginSummary {
  const { name, version, classes } = group;
  const facts = { ...definedOf({ version }), removeKey: name, path: classes.map((row) => row.className).join(", ") };
  const broken = classes.flatMap((row) => whyNot(row) ?? []);
  if (broken.length > 0) {
    const note = `${broken.join("; ")}: the server stops at its next start`;
    return { ...plain(name, "installed"), ...facts, note };
  }
  if (plugins === undefined) {
    return {
      ...plain(name, "installed"),
      ...facts,
      note: `whether it runs is not known: ${reason ?? "the server does not answer"}`,
    };
  }
  const row = rowOf(group, plugins);
  if (row !== undefined) {
    const runs = row.version;
    const stale = runs !== undefined && version !== undefined && runs !== version;
    const note = stale ? `${version} is installed, the server runs ${runs} until it is restarted` : undefined;
    return { ...plain(name, "loaded"), ...facts, ...definedOf({ version: runs, note }) };
  }
  if (plugins.length === 0 && classes.every((one) => one.shown === undefined)) {
    const note = "the server shows no plugin: it hides itself, or the server was not restarted or reads another file";
    return { ...plain(name, "installed"), ...facts, note };
  }
  if (plugins.length < expected) {
    const note = `the server shows ${plugins.length} plugins where its file lists ${expected} that it should show: restart it, or it reads another file`;
    return { ...plain(name, "installed"), ...facts, note };
  }
  const note = classes.every((one) => one.shown === false)
    ? "hidden from the server's list; the server runs, and would not have started had it failed"
    : "the plugin tells no name, so that it is told by number alone";
  return { ...plain(name, "loaded"), ...facts, note };
}

function plain(name: string, state: PluginSummary["state"]): PluginSummary {
  return { name, state, routes: [], menus: [], dependencies: [], optionalDependencies: [] };
}
