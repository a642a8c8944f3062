// Writes a plan as the archive that the management API takes: the one form that all Buntime hosts unpack.
import { writeBundle } from "../../../pack/bundle.js";
import type { WriteOptions } from "../../../pack/packer.js";
import { definedOf } from "../../../values.js";
import { HostError } from "../../hostError.js";
import type { BuntimeShipment } from "../shipment.js";
import type { BuntimePlan } from "./plan.js";

export async function writeArchive(plan: BuntimePlan, options: WriteOptions): Promise<BuntimeShipment> {
  const { manifest, folder, files } = plan;
  const [blocking] = plan.findings.filter((finding) => finding.severity === "error");
  if (blocking !== undefined || manifest === undefined) {
    throw new HostError({
      kind: "refused",
      step: "package",
      message: blocking?.message ?? "the folder has no manifest",
      next: "nothing was packed; correct this and package again",
    });
  }
  const { file, signal } = options;
  const written = await writeBundle({ file, folder, files, ...(signal === undefined ? {} : { signal }) });
  return {
    ...written,
    system: plan.system,
    name: manifest.name ?? "",
    ...definedOf({ version: manifest.version, origin: plan.origin }),
    contents: plan.contents,
    entries: files.map(({ path }) => path),
    manifest,
  };
}
