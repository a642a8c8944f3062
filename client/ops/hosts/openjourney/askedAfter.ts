// What the cluster has of a plugin after kubectl failed in the middle of a change: several objects may be done and others not, and a lost
// answer tells nothing of either. Asked on a signal of its own.
import type { Kustomized } from "../../transports/kubernetes/index.js";
import { objectDiffs } from "../../transports/kubernetes/objectDiffs.js";
import { type HostError, withHostMaybe, withHostNow } from "../hostError.js";
import { unlessUnanswered } from "../unlessUnanswered.js";
import { withKustomization } from "./applied.js";
import { workloadsOn } from "./live.js";
import { objectsIn } from "./manifests.js";
import type { OpenjourneyShipment } from "./shipment.js";
import type { Site } from "./site.js";

const patience = 30_000;

/** Where only the answer was lost and all objects are as they were sent, that is an answer; else the error, with what the cluster has. */
export async function appliedAfter(
  site: Site,
  shipment: OpenjourneyShipment,
  error: HostError,
): Promise<readonly Kustomized[]> {
  const registry = "the registry has the new image";
  const diff = await unlessUnanswered(
    (signal) => withKustomization(shipment, (folder) => site.kustomize.diff(folder, signal)),
    patience,
  );
  if (diff === undefined) {
    const now = "the cluster has all of the new objects, a part of them, or what was there before";
    throw withHostMaybe(error, `${registry}; ${now}: which, could not be asked; deploy again, or see kubectl diff`);
  }
  const objects = objectsIn(shipment.manifests);
  const left = objectDiffs(diff).map(({ object }) => object);
  if (left.length > 0) {
    const count = left.length === 1 ? "1 object is" : `${left.length} objects are`;
    throw withHostNow(error, `${registry}; of ${objects.length}, ${count} not as sent: ${left.join(", ")}`);
  }
  if (error.kind === "cancelled") throw withHostNow(error, `${registry}, and the cluster has all of the new objects`);
  const change = "as it was sent: kubectl's answer was lost, and the cluster was compared";
  return objects.map(({ kind, name }) => ({ object: `${kind.toLowerCase()}/${name}`, change }));
}

/** After a removal that did not come to its end. */
export async function leftAfter(site: Site, name: string): Promise<string> {
  const workloads = await unlessUnanswered((signal) => workloadsOn(site, "removal", signal), patience);
  if (workloads === undefined) return `which objects of "${name}" the cluster still has is not known: remove it again`;
  const left = workloads.filter(({ plugin }) => plugin === name).map(({ id }) => id);
  return left.length === 0
    ? `the cluster runs nothing of "${name}" any more; other objects of it may be left`
    : `asked right after, the cluster still had ${left.join(", ")}`;
}
