// The checked narrowing of a plan or a shipment to that of one system: the system says what tells its own.
import { systemTitle, withArticle } from "../../../server/service/index.js";
import type { PackPlan } from "../pack/plan.js";
import type { Shipment } from "../pack/shipment.js";
import type { SystemId } from "./host.js";
import { HostError } from "./hostError.js";

/** Throws where the plan is of another system. */
export function ownPlan<Own extends PackPlan>(
  plan: PackPlan,
  isOwn: (one: PackPlan) => one is Own,
  system: SystemId,
): Own {
  if (isOwn(plan)) return plan;
  throw new HostError({
    kind: "refused",
    step: "package",
    message: `the plan is of ${titled(plan.system)} plugin, not of ${titled(system)} one`,
    next: "choose the plugin's folder again",
  });
}

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
    message: `"${shipment.name}" is ${titled(shipment.system)} plugin, and this is ${host}`,
    next: "choose a host of the plugin's own system",
  });
}

const titled = (system: SystemId): string => withArticle(systemTitle(system));
