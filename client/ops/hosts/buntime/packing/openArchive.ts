// Reads an archive that somebody else made, or that the history kept, back into a shipment: its members and its manifest.
import path from "node:path";
import { openBundle } from "../../../pack/openBundle.js";
import { definedOf } from "../../../values.js";
import { HostError } from "../../hostError.js";
import type { BuntimeShipment } from "../shipment.js";
import { parseManifest } from "./manifest.js";

const manifests = ["manifest.yaml", "manifest.yml"];

export async function openArchive(file: string): Promise<BuntimeShipment> {
  const name = path.basename(file);
  const { texts, facts: _none, ...bundle } = await openBundle(file, manifests);
  const manifest = manifests.find((member) => texts.has(member));
  const text = manifest === undefined ? undefined : texts.get(manifest);
  if (manifest === undefined || text === undefined) {
    const message = `${name} has no manifest.yaml below one leading folder; the host would not take it`;
    throw refused(message, "package the plugin's folder instead");
  }
  const reading = parseManifest(text, manifest);
  if (!reading.found) throw refused(`in ${name}, ${reading.reason}`, "correct the manifest and package again");
  return {
    ...bundle,
    system: "buntime",
    name: reading.manifest.name ?? "",
    ...definedOf({ version: reading.manifest.version }),
    manifest: reading.manifest,
  };
}

function refused(message: string, next: string): HostError {
  return new HostError({ kind: "refused", step: "package", message, next });
}
