// What `doctor` says of a host in a cluster, whatever its system: do its pods run, and may the user do there what is needed.
import type { Right } from "../transports/kubernetes/doctor.js";
import type { ClusterHost } from "../transports/kubernetes/index.js";
import { checked } from "./checked.js";
import type { Check } from "./host.js";

export async function podsCheck(cluster: ClusterHost, signal: AbortSignal): Promise<Check> {
  const name = "pods";
  return checked(name, async () => {
    const found = await cluster.pods("doctor", signal);
    const waiting = found.flatMap(({ name: pod, trouble }) => (trouble === undefined ? [] : [`${pod}: ${trouble}`]));
    const detail = `${found.length === 1 ? "1 pod" : `${found.length} pods`}, ${found.filter(({ ready }) => ready).length} ready`;
    if (waiting.length === 0) return { name, state: "good", detail };
    const next = "find out why with kubectl describe";
    return { name, state: "attention", detail: `${detail}; ${waiting.join("; ")}`, next };
  });
}

export async function rightsCheck(
  { doctor }: ClusterHost,
  wanted: readonly Right[],
  signal: AbortSignal,
): Promise<Check> {
  const name = "kubectl and rights";
  return checked(name, async () => {
    const { client, server } = await doctor.versions(signal);
    const missing = (await doctor.missing(wanted, signal)).map(({ verb, resource }) => `${verb} ${resource}`);
    const detail = `kubectl ${client}, cluster ${server}`;
    if (missing.length === 0) return { name, state: "good", detail };
    const next = "ask the cluster's operator for a role with them";
    return { name, state: "bad", detail: `${detail}; you may not ${missing.join(", ")}`, next };
  });
}
