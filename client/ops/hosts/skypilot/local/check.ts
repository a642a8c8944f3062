// What stands against a shipment on a server of this machine, found out without changing anything: above all whether the server's own
// Python would load every class that it will be asked to, with the new wheel as if it were installed.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../../host.js";
import { HostError } from "../../hostError.js";
import { type PluginEntry, readPlugins } from "../files/pluginsFile.js";
import { pluginsName } from "../files/project.js";
import { type Intended, intendedBy } from "../intended.js";
import { judgeShipment } from "../judge.js";
import { wheelBytes } from "../packer.js";
import { type Answer, type ClassAnswer, whyNot } from "../python/probe.js";
import type { SkypilotShipment } from "../shipment.js";
import { holdsModule, type Wheel } from "../wheels/wheel.js";
import { presentOn } from "./present.js";
import type { LocalServer } from "./server.js";

export async function checkOn(
  server: LocalServer,
  shipment: SkypilotShipment,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const present = await presentOn(server, "check");
  const intended = await intendedBy(present, shipment);
  const after = entriesOf(intended.plugins);
  const findings = [
    ...judgeShipment(shipment),
    ...replacedParameters(present.plugins.text ?? "", after),
    ...(await sameWheelName(intended, shipment)),
  ];
  const answer = await withWheelFile(shipment, (wheel) =>
    server.ask("check", { entries: after, ...(wheel === undefined ? {} : { wheel }) }, signal),
  );
  return [...findings, ...importFindings(answer, shipment)];
}

/** What the server would stop at, of the answer about everything that it will load. */
export function importFindings(
  answer: Answer,
  shipment: Pick<SkypilotShipment, "wheel" | "plugins">,
): readonly Finding[] {
  if (answer.skyError !== undefined) {
    const message = `${answer.python} has no SkyPilot with plugins (${answer.skyError}); name the server's Python in the host's settings`;
    return [{ severity: "error", code: "skypilot/wrong-python", message }];
  }
  const ours = new Set(entriesOf(shipment.plugins ?? "").map((entry) => entry.className));
  return answer.classes.flatMap((row): readonly Finding[] => {
    const why = whyNot(row);
    if (why === undefined) return [];
    if (bringsDependency(row, shipment.wheel)) {
      const message = `"${row.className}" needs "${row.missing}", which the server's Python doesn't have yet; pip installs what the wheel requires`;
      return [{ severity: "information", code: "skypilot/dependency-to-install", message, file: pluginsName }];
    }
    const whose = ours.has(row.className) ? "" : ", which another plugin's entry lists";
    const message = `the server would not start: ${why}${whose}`;
    return [{ severity: "error" as const, code: "skypilot/class-not-loaded", message, file: pluginsName }];
  });
}

/** A module that isn't the wheel's own and that pip may bring along. */
function bringsDependency({ stage, missing }: ClassAnswer, wheel: Wheel | undefined): boolean {
  if (stage !== "module" || missing === undefined || wheel === undefined || wheel.requires.length === 0) return false;
  return (
    !holdsModule(wheel, `${missing}.x`) && !wheel.members.some((name) => name.startsWith(`${missing.split(".")[0]}/`))
  );
}

export function entriesOf(text: string): readonly PluginEntry[] {
  const reading = readPlugins(text);
  return reading.readable ? reading.file.entries : [];
}

function replacedParameters(before: string, after: readonly PluginEntry[]): readonly Finding[] {
  const former = entriesOf(before);
  return after.flatMap((entry): readonly Finding[] => {
    const old = former.find((one) => one.className === entry.className);
    if (old === undefined || isDeepStrictEqual(old.parameters, entry.parameters)) return [];
    const message = `the server has other parameters for "${entry.className}" (${JSON.stringify(old.parameters)}); they are replaced`;
    return [{ severity: "warning", code: "skypilot/parameters-replaced", message, file: pluginsName }];
  });
}

/** Controllers know wheels by their file names: a name that they have seen is skipped, whatever is in it. */
async function sameWheelName({ wheel }: Intended, shipment: SkypilotShipment): Promise<readonly Finding[]> {
  const own = shipment.wheel;
  const there = wheel === undefined ? undefined : await readFile(wheel).catch(() => undefined);
  if (own === undefined || there === undefined || there.equals(await wheelBytes(shipment.path))) return [];
  const message = `the server has another ${own.file}; controllers that have seen this name skip it, so raise the version above ${own.version}`;
  return [{ severity: "error", code: "skypilot/wheel-name-seen", message, file: "pyproject.toml" }];
}

/** The wheel as a file of its own while `use` runs. */
export async function withWheelFile<Result>(
  shipment: SkypilotShipment,
  use: (wheel: string | undefined) => Promise<Result>,
): Promise<Result> {
  const { wheel } = shipment;
  if (wheel === undefined) return use(undefined);
  const folder = await mkdtemp(path.join(os.tmpdir(), "plugsmith-wheel-")).catch((cause: unknown) => {
    const message = "no temporary folder can be made for the wheel";
    throw new HostError({ kind: "tool", step: "upload", message, next: "make room on the disk, or set TMPDIR", cause });
  });
  try {
    const file = path.join(folder, wheel.file);
    await writeFile(file, await wheelBytes(shipment.path));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
