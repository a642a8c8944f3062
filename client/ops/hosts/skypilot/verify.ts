// Reading back after a restart: does the server's file list the plugin, is the version that was sent the installed one, and does the
// server, which lives, show it? Nothing is caught at a server's start, so that one that lives has loaded all that its file lists.
import type { PluginSummary, Verdict } from "../host.js";
import type { ShownPlugin } from "./api.js";
import { type Group, groupNamed } from "./groups.js";
import { rowOf } from "./inventory.js";
import { whyNot } from "./python/probe.js";
import type { SkypilotShipment } from "./shipment.js";

export interface Reading {
  readonly groups: readonly Group[];
  readonly plugins: readonly PluginSummary[];
  readonly before?: readonly ShownPlugin[] | undefined;
  /** Undefined where the server could not be asked. */
  readonly after: readonly ShownPlugin[] | undefined;
  /** Path of plugins.yaml, in words. */
  readonly file: string;
  /** What `sky` or the pod has to be started with, for the next step. */
  readonly variable: string;
}

export function verdictOn(shipment: SkypilotShipment, reading: Reading): Verdict {
  const { groups, file, after } = reading;
  const { name, wheel } = shipment;
  if (shipment.plugins === undefined) return controllersAlone(shipment, reading);
  const group = groupNamed(groups, wheel?.distribution ?? name);
  const plugin = reading.plugins.find((one) => one.name === group?.name);
  if (group === undefined || plugin === undefined) {
    return no(
      "skypilot/not-listed",
      `${file} lists no class of "${name}"`,
      "deploy it again, and see who else writes that file",
    );
  }
  const [broken] = group.classes.flatMap((row) => whyNot(row) ?? []);
  if (broken !== undefined) return no("skypilot/class-not-loaded", broken, "correct the plugin and deploy it again");
  if (wheel !== undefined && group.version !== undefined && group.version !== wheel.version) {
    const reason = `the server's Python has ${group.name} ${group.version}, and ${wheel.version} was sent`;
    return no("skypilot/other-version", reason, "see who else installs into that Python, and deploy again");
  }
  const expected = groups.flatMap(({ classes }) => classes.filter((row) => row.shown === true)).length;
  if (after !== undefined && after.length < expected) {
    const reason = `the server shows ${after.length} plugins, and ${file} lists ${expected} that it should show: it reads another file, or runs with another Python`;
    return no(
      "skypilot/not-shown",
      reason,
      `start it with ${reading.variable} set to that file, and look at the host's python setting`,
    );
  }
  const note = notesOn(group, reading).join("; ");
  return { state: "verified", plugin: { ...plugin, name, state: "loaded" }, ...(note === "" ? {} : { note }) };
}

function notesOn(group: Group, { before, after }: Reading): readonly string[] {
  const notes: string[] = [];
  const shown = after ?? before ?? [];
  const lost = (before ?? []).filter((row) => row.name !== undefined && !shown.some((one) => one.name === row.name));
  if (lost.length > 0) notes.push(`no longer shown: ${lost.map((row) => row.name).join(", ")}`);
  const row = rowOf(group, shown);
  if (row?.version !== undefined && group.version !== undefined && row.version !== group.version)
    notes.push(`the plugin calls itself version ${row.version}, its package is ${group.version}`);
  if (after === undefined) {
    notes.push("the server's own list was not read; the server started with it, and would not have had it failed");
  } else if (row === undefined) {
    const hidden = group.classes.every((one) => one.shown === false);
    notes.push(
      hidden
        ? "it hides itself from the server's list; the server started with it, and would not have had it failed"
        : "the server's list tells no class and the plugin no name; the server started with it, and would not have had it failed",
    );
  }
  return notes;
}

/** Nothing of it loads in the server. */
function controllersAlone({ name, version }: SkypilotShipment, { plugins }: Reading): Verdict {
  const found = plugins.find((one) => one.name === name);
  const plain: PluginSummary = {
    name,
    state: "installed",
    routes: [],
    menus: [],
    dependencies: [],
    optionalDependencies: [],
  };
  const plugin = { ...(found ?? plain), ...(version === undefined ? {} : { version }) };
  return {
    state: "verified",
    plugin,
    note: "it is for controllers alone: the next jobs or serve launch carries it there",
  };
}

function no(code: string, reason: string, next: string): Verdict {
  return { state: "notLoaded", code, reason, next };
}
