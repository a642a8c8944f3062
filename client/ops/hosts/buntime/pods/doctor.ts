// What a person would check by hand of a Buntime in a cluster: its pods, the rights there, and whether plugins outlast a pod.
import { copyRights, logRights } from "../../../transports/kubernetes/doctor.js";
import { onePerVolume } from "../../../transports/kubernetes/index.js";
import { checked } from "../../checked.js";
import type { Check } from "../../host.js";
import { podsCheck, rightsCheck } from "../../podChecks.js";
import type { PodsHost } from "./podsHost.js";

export async function doctor({ cluster, directory }: PodsHost, signal: AbortSignal): Promise<readonly Check[]> {
  const name = "plugins' directory";
  const volumes = await checked(name, async () => {
    const found = onePerVolume(await cluster.pods("doctor", signal)).map(({ volume }) => volume);
    const detail = `${directory} lies in ${[...new Set(found.map(({ title }) => title))].join(", ") || "no pod"}`;
    if (found.some(({ readOnly }) => readOnly)) {
      return { name, state: "bad", detail: `${detail}, mounted read-only`, next: "mount it so that it can be written" };
    }
    if (found.every(({ lasts }) => lasts !== false)) return { name, state: "good", detail };
    return {
      name,
      state: "attention",
      detail: `${detail}, lost with its pod`,
      next: "mount a volume that lasts, or deploy again after each restart",
    };
  });
  return [await podsCheck(cluster, signal), volumes, await rightsCheck(cluster, [...copyRights, ...logRights], signal)];
}
