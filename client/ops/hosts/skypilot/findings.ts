// What stands against a shipment by what the server's own Python and its file say, wherever the server runs.
import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../host.js";
import { entriesOf } from "./files/entries.js";
import type { PluginEntry } from "./files/pluginsFile.js";
import { pluginsName } from "./files/project.js";
import { type Answer, type ClassAnswer, whyNot } from "./python/probe.js";
import type { SkypilotShipment } from "./shipment.js";
import { holdsModule, type Wheel } from "./wheels/wheel.js";

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

export function replacedParameters(before: string, after: readonly PluginEntry[]): readonly Finding[] {
  const former = entriesOf(before);
  return after.flatMap((entry): readonly Finding[] => {
    const old = former.find((one) => one.className === entry.className);
    if (old === undefined || isDeepStrictEqual(old.parameters, entry.parameters)) return [];
    const message = `the server has other parameters for "${entry.className}" (${JSON.stringify(old.parameters)}); they are replaced`;
    return [{ severity: "warning", code: "skypilot/parameters-replaced", message, file: pluginsName }];
  });
}
