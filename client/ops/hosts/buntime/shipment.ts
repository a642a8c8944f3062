// A Buntime shipment: the archive that the management API takes, with what its manifest says.

import type { Shipment } from "../../pack/shipment.js";
import { HostError } from "../hostError.js";
import type { ManifestFacts } from "./packing/manifest.js";

export interface BuntimeShipment extends Shipment {
  readonly system: "buntime";
  readonly manifest: ManifestFacts;
}

/** The shipment as Buntime's; one of another system can't be sent to a Buntime host. */
export function buntimeShipment(shipment: Shipment): BuntimeShipment {
  if (isBuntime(shipment)) return shipment;
  throw new HostError({
    kind: "refused",
    step: "check",
    message: `"${shipment.name}" is a ${shipment.system} plugin, and this is a Buntime host`,
    next: "choose a host of the plugin's own system",
  });
}

function isBuntime(shipment: Shipment): shipment is BuntimeShipment {
  return shipment.system === "buntime" && "manifest" in shipment;
}
