// Reading back after an upload: the rollout of each workload is watched to its end, and what runs is compared with what was sent.
import type { Verdict } from "../host.js";
import { errorText, HostError } from "../hostError.js";
import { workloadsOf } from "./applied.js";
import { rolledOut } from "./change.js";
import { summaryOf, type Workload, workloadsOn } from "./live.js";
import { isImageOf } from "./manifests.js";
import { type OpenjourneyShipment, referenceOf } from "./shipment.js";
import type { Site } from "./site.js";

export async function verify(site: Site, shipment: OpenjourneyShipment, signal: AbortSignal): Promise<Verdict> {
  const { name, image } = shipment;
  const wanted = workloadsOf(shipment);
  const reference = referenceOf(image);
  if (wanted.length === 0) {
    const plugin = summaryOf(name, [], undefined);
    return {
      state: "verified",
      plugin: { ...plugin, version: image.tag, state: "installed" },
      note: `the registry has its image ${image.name}; none of its objects runs pods, so the cluster runs nothing of it`,
    };
  }
  const named = wanted.map((one) => ({ plugin: name, name: one.name }));
  const live = await workloadsOn(site, "verification", signal, named);
  const own = wanted.flatMap(({ kind, name: object }) =>
    live.filter((one) => one.kind === kind && one.name === object),
  );
  const missing = wanted.find((one) => !own.some(({ name: object }) => object === one.name));
  if (missing !== undefined) {
    return {
      state: "notLoaded",
      code: "openjourney/not-applied",
      reason: `the cluster has no ${missing.kind.toLowerCase()} "${missing.name}"`,
      next: "look at kubectl diff, and deploy again",
    };
  }
  const other = own.find(({ image: running }) => isImageOf(name, running) && running !== reference);
  if (other !== undefined) {
    return {
      state: "notLoaded",
      code: "openjourney/other-image",
      reason: `${other.id} runs ${other.image}, and ${reference} was sent: somebody else applied it since`,
      next: "find out who, then deploy again",
    };
  }
  for (const workload of own) {
    const stuck = await watched(site, workload, signal);
    if (stuck !== undefined) return { state: "notLoaded", ...stuck };
  }
  const now = (await workloadsOn(site, "verification", signal, named)).filter(({ plugin }) => plugin === name);
  return { state: "verified", plugin: summaryOf(name, now, undefined) };
}

async function watched(site: Site, workload: Workload, signal: AbortSignal) {
  try {
    await rolledOut(site, workload, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof HostError) || error.kind === "cancelled" || !error.timedOut) throw error;
    const reason = errorText(error).replace(`; ${error.next}`, "");
    return { code: "openjourney/not-ready", reason, next: `${error.next}, or roll back to the bundle before it` };
  }
}
