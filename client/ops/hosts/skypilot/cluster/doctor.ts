// What a person would check of a release in a cluster: kubectl, rights, pods, and whether its values let it load plugins at all.
import type { Check } from "../../host.js";
import { HostError } from "../../hostError.js";
import type { ClusterServer } from "./place.js";
import { wiringOf, wiringProblem } from "./values.js";

export async function doctorOf(server: ClusterServer, signal: AbortSignal): Promise<readonly Check[]> {
  const { cluster, where, configMap } = server;
  const checks: Check[] = [];
  const examined = async (name: string, next: string, work: () => Promise<Check | undefined>) => {
    try {
      const found = await work();
      if (found !== undefined) checks.push(found);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      checks.push({ name, state: "bad", detail: error.message, next: error.next || next });
    }
  };
  await examined("kubectl", "install kubectl", async () => {
    const { client, server: theirs } = await cluster.doctor.versions(signal);
    return { name: "kubectl", state: "good", detail: `${client}, the cluster ${theirs}` };
  });
  await examined("rights", "ask the cluster's operator", async () => {
    const missing = await cluster.doctor.missing(rights, signal);
    const detail = missing.map(({ verb, resource }) => `${verb} ${resource}`).join(", ");
    if (missing.length === 0) return { name: "rights", state: "good", detail: `enough in ${where}` };
    return { name: "rights", state: "bad", detail: `missing: ${detail}`, next: "ask the cluster's operator for them" };
  });
  await examined("pods", "start the release", async () => {
    const pods = await cluster.pods("doctor", signal);
    const detail = pods
      .map(({ name, ready, trouble }) => `${name}: ${ready ? "ready" : (trouble ?? "not ready")}`)
      .join(", ");
    return { name: "pods", state: pods.every(({ ready }) => ready) ? "good" : "attention", detail };
  });
  await examined("the release's values", "show the plan of a deployment", async () => {
    const [workload] = await cluster.workloads(signal);
    const problem =
      workload === undefined ? undefined : wiringProblem(await wiringOf(server, workload, "doctor", signal), server);
    const name = "the release's values";
    if (problem === undefined) return { name, state: "good", detail: `${workload} reads the ConfigMap "${configMap}"` };
    return { name, state: "bad", detail: problem, next: "apply the values that the plan of a deployment shows" };
  });
  return checks;
}

const rights = [
  { verb: "list", resource: "pods" },
  { verb: "create", resource: "pods/exec" },
  { verb: "get", resource: "configmaps" },
  { verb: "create", resource: "configmaps" },
  { verb: "update", resource: "configmaps" },
  { verb: "patch", resource: "deployments.apps" },
] as const;
