// What a shipment or a removal would change on a server, worked out from what is there: the two files as they would read, the wheel
// for the controllers, and the wheels that it displaces. Plans show it, and acts carry out exactly this. Pure: where files are and
// how they are read is the caller's.
import path from "node:path";
import { HostError } from "../hostError.js";
import { withEntries, withoutEntries } from "./files/merge.js";
import { readPlugins } from "./files/pluginsFile.js";
import { needsWheel } from "./judge.js";
import type { SkypilotShipment } from "./shipment.js";
import { stemOf } from "./wheels/wheel.js";

/** A server's files as they are. */
export interface Present {
  readonly plugins: PresentFile;
  readonly remote: PresentFile;
  /** The directory for wheels where neither the server's file nor the plugin's names one. */
  readonly usualWheels: string;
  /** True where every wheel belongs into that directory, since the server installs from there at its start. */
  readonly installsFromWheels: boolean;
  /** Full path of a directory as `controller_wheel_path` has it. */
  place(written: string): string;
  /** Names in a directory; none where there is no such directory. */
  names(directory: string): Promise<readonly string[]>;
}

export interface PresentFile {
  readonly file: string;
  /** Undefined where the file is not there. */
  readonly text: string | undefined;
}

export interface FileChange {
  readonly file: string;
  readonly exists: boolean;
  readonly before: string;
  readonly after: string;
}

export interface Intended {
  /** Only those that change. */
  readonly files: readonly FileChange[];
  /** How plugins.yaml reads afterwards. */
  readonly plugins: string;
  /** Path of the wheel for the controllers, where they need one. */
  readonly wheel?: string;
  /** Wheels of the same distribution that go, since two displace each other at every launch. */
  readonly displaced: readonly string[];
}

export async function intendedBy(present: Present, shipment: SkypilotShipment): Promise<Intended> {
  const { plugins, remote } = present;
  const { wheel } = shipment;
  const forControllers = wheel !== undefined && needsWheel(shipment);
  const directory = forControllers ? wheelDirectory(present, shipment) : undefined;
  const kept = wheel !== undefined && present.installsFromWheels ? present.usualWheels : undefined;
  const [before, remoteBefore] = [plugins.text ?? "", remote.text ?? ""];
  const ours = shipment.plugins ?? (directory === undefined ? undefined : "plugins: []\n");
  const after = ours === undefined ? before : withEntries({ at: plugins.file, before }, ours, directory);
  const remoteMerge = { at: remote.file, before: remoteBefore };
  const remoteAfter = shipment.remote === undefined ? remoteBefore : withEntries(remoteMerge, shipment.remote);
  const folder = directory === undefined ? kept : present.place(directory);
  const target = folder === undefined || wheel === undefined ? undefined : join(folder, wheel.file);
  return {
    files: [changeOf(plugins, after), changeOf(remote, remoteAfter)].filter((file) => file.before !== file.after),
    plugins: after,
    displaced: target === undefined ? [] : (await wheelsOf(present, target)).filter((one) => one !== target),
    ...(target === undefined ? {} : { wheel: target }),
  };
}

/** Without the entries of these classes, and without the wheels whose file name begins with `stem`. */
export async function intendedWithout(
  present: Present,
  classes: readonly string[],
  stem: string | undefined,
): Promise<Intended> {
  const changes = [present.plugins, present.remote].map((one) =>
    changeOf(one, withoutEntries({ at: one.file, before: one.text ?? "" }, classes)),
  );
  const plugins = changes[0]?.after ?? "";
  const written = present.installsFromWheels ? present.usualWheels : wheelPathIn(plugins);
  const known = written !== undefined && isFixed(written) && stem !== undefined;
  return {
    files: changes.filter((file) => file.before !== file.after),
    plugins,
    displaced: known ? await wheelsOf(present, join(present.place(written), `${stem}-`)) : [],
  };
}

export function wheelPathIn(text: string): string | undefined {
  const reading = readPlugins(text);
  return reading.readable ? reading.file.wheelPath : undefined;
}

function changeOf({ file, text }: PresentFile, after: string): FileChange {
  return { file, exists: text !== undefined, before: text ?? "", after };
}

/** What controller_wheel_path is to be. The server's own directory comes first: other plugins have their wheels there. */
function wheelDirectory(
  { plugins: { file, text }, usualWheels, installsFromWheels }: Present,
  { plugins }: SkypilotShipment,
): string {
  const theirs = wheelPathIn(text ?? "");
  if (theirs !== undefined && !isFixed(theirs)) {
    throw new HostError({
      kind: "refused",
      step: "check",
      message: `controller_wheel_path in ${file} is "${theirs}", which counts from the server's working directory; where wheels belong is not known`,
      next: "write an absolute path there",
      hostNow: "nothing was changed",
    });
  }
  if (installsFromWheels && theirs !== undefined && theirs !== usualWheels) {
    throw new HostError({
      kind: "refused",
      step: "check",
      message: `controller_wheel_path in ${file} is "${theirs}", and the wheels of this host are in ${usualWheels}`,
      next: `make it ${usualWheels}, or bring the wheels there in the way of the server's image`,
      hostNow: "nothing was changed",
    });
  }
  if (installsFromWheels) return usualWheels;
  const ours = wheelPathIn(plugins ?? "");
  return theirs ?? (ours !== undefined && isFixed(ours) ? ours : usualWheels);
}

function isFixed(written: string): boolean {
  return path.posix.isAbsolute(written) || path.isAbsolute(written) || written.startsWith("~/");
}

async function wheelsOf(present: Present, wheel: string): Promise<readonly string[]> {
  const at = wheel.lastIndexOf("/");
  const [folder, stem] = [wheel.slice(0, at), stemOf(wheel.slice(at + 1))];
  const names = await present.names(folder);
  return names.filter((name) => name.endsWith(".whl") && stemOf(name) === stem).map((name) => join(folder, name));
}

function join(folder: string, name: string): string {
  return `${folder.replace(/\/+$/, "")}/${name}`;
}
