// The checked narrowing of a shipment to that of one system: each system's own `shipment.ts` says what tells its shipments.
import type { Shipment } from "../pack/shipment.js";
import { HostError } from "./hostError.js";

/** `host` in words, as "a Buntime host". Throws where the shipment is of another system, which can't be sent there. */
export function ownShipment<Own extends Shipment>(
  shipment: Shipment,
  isOwn: (one: Shipment) => one is Own,
  host: string,
): Own {
  if (isOwn(shipment)) return shipment;
  throw new HostError({
    kind: "refused",
    step: "check",
    message: `"${shipment.name}" is a ${shipment.system} plugin, and this is ${host}`,
    next: "choose a host of the plugin's own system",
  });
}
