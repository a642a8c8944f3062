// What a SkyPilot shipment has against itself, whatever the server: listed classes that its wheel doesn't hold, an upload flag that
// current servers refuse, a list for controllers that nothing carries.
import type { Finding } from "../host.js";
import { type PluginsFile, readPlugins } from "./files/pluginsFile.js";
import { pluginsName, remoteName } from "./files/project.js";
import type { SkypilotShipment } from "./shipment.js";
import { holdsModule } from "./wheels/wheel.js";

export function judgeShipment(shipment: SkypilotShipment): readonly Finding[] {
  const { wheel } = shipment;
  const findings: Finding[] = [];
  for (const [name, text] of [
    [pluginsName, shipment.plugins],
    [remoteName, shipment.remote],
  ] as const) {
    const file = fileIn(text);
    for (const { className, toControllers } of file?.entries ?? []) {
      if (wheel !== undefined && !holdsModule(wheel, className)) {
        const message = `"${className}" is not in the wheel ${wheel.file}; the server has to have it from somewhere else`;
        findings.push({ severity: "warning", code: "skypilot/class-not-in-wheel", message, file: name });
      }
      if (toControllers) {
        const message = `"${className}" has upload_to_controller, which current servers refuse at their start; move it to ${remoteName}`;
        findings.push({ severity: "warning", code: "skypilot/upload-to-controller", message, file: name });
      }
    }
  }
  if (needsWheel(shipment) && wheel === undefined) {
    const message = `${remoteName} goes to controllers along with wheels alone, and this package has none`;
    findings.push({ severity: "warning", code: "skypilot/remote-without-wheel", message, file: remoteName });
  }
  return findings;
}

/** Whether controllers are to load something of it. */
export function needsWheel({ remote, plugins }: Pick<SkypilotShipment, "remote" | "plugins">): boolean {
  const flagged = fileIn(plugins)?.entries.some((entry) => entry.toControllers) === true;
  return flagged || (fileIn(remote)?.entries.length ?? 0) > 0;
}

function fileIn(text: string | undefined): PluginsFile | undefined {
  const reading = text === undefined ? undefined : readPlugins(text);
  return reading?.readable === true ? reading.file : undefined;
}
