// A Buntime shipment: the archive that the management API takes, with what its manifest says.

import type { Shipment } from "../../pack/shipment.js";
import { ownShipment } from "../own.js";
import type { ManifestFacts } from "./packing/manifest.js";

export interface BuntimeShipment extends Shipment {
  readonly system: "buntime";
  readonly manifest: ManifestFacts;
}

/** The shipment as Buntime's; one of another system can't be sent to a Buntime host. */
export function buntimeShipment(shipment: Shipment): BuntimeShipment {
  return ownShipment(shipment, isBuntime, "a Buntime host");
}

function isBuntime(shipment: Shipment): shipment is BuntimeShipment {
  return shipment.system === "buntime" && "manifest" in shipment;
}
