// A SkyPilot shipment: one bundle with the wheel and the plugin's two files, so that a rollback has all that was sent.
import type { Shipment } from "../../pack/shipment.js";
import { ownShipment } from "../own.js";
import type { Wheel } from "./wheels/wheel.js";

export interface SkypilotShipment extends Shipment {
  readonly system: "skypilot";
  /** Absent where the plugin's classes are installed in another way. */
  readonly wheel?: Wheel;
  /** The text of plugins.yaml; absent where the plugin runs on controllers alone. */
  readonly plugins?: string;
  readonly remote?: string;
}

/** The shipment as SkyPilot's; one of another system can't be sent to a SkyPilot server. */
export function skypilotShipment(shipment: Shipment): SkypilotShipment {
  return ownShipment(shipment, isSkypilot, "a SkyPilot server");
}

function isSkypilot(shipment: Shipment): shipment is SkypilotShipment {
  return shipment.system === "skypilot" && ("plugins" in shipment || "remote" in shipment);
}
