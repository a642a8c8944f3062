// What makes pods of Deployments and StatefulSets: starts them, replaces them one by one when the template changes, and keeps the
// status by which a rollout is followed.
import { setTimeout } from "node:timers/promises";
import { type KubeObject, type Objects, valueAt } from "./objects.js";
import type { Pods } from "./pods.js";

export interface Workloads {
  end(): Promise<void>;
}

const pause = 15;

export function runWorkloads(objects: Objects, pods: Pods): Workloads {
  const over = new AbortController();
  const working = new Map<string, Promise<void>>();
  const stop = objects.watch(undefined, (change, object) => {
    if (object.kind !== "Deployment" && object.kind !== "StatefulSet") return;
    const key = `${object.kind} ${object.metadata.namespace} ${object.metadata.name}`;
    if (change === "DELETED") for (const name of podsOf(objects, object)) pods.stop(name);
    else if (observed(object) !== object.metadata.generation) {
      const before = working.get(key) ?? Promise.resolve();
      working.set(
        key,
        before.then(() => rolledOut(objects, pods, object, over.signal)).catch(() => undefined),
      );
    }
  });
  return {
    end: async () => {
      stop();
      over.abort();
      await Promise.allSettled(working.values());
    },
  };
}

async function rolledOut(objects: Objects, pods: Pods, asked: KubeObject, signal: AbortSignal): Promise<void> {
  const { kind, metadata } = asked;
  const current = () => objects.get(kind, metadata.namespace, metadata.name);
  const wanted = replicasOf(asked);
  const former = podsOf(objects, asked);
  const names = Array.from({ length: wanted }, (_, at) => podName(asked, at));
  if (kind === "Deployment") objects.put(replicaSet(asked));
  // Told first, so that nobody takes the old pods for the new ones.
  tellStatus(objects, current(), asked, 0, former.length);
  for (const name of former.slice(wanted)) pods.stop(name);
  for (const [at, name] of names.entries()) {
    await setTimeout(pause, undefined, { signal });
    if (current()?.metadata.generation !== metadata.generation) return;
    const old = former[at];
    if (old !== undefined) pods.stop(old);
    const namespace = metadata.namespace ?? "default";
    pods.start(valueAt(asked, ["spec", "template"]) ?? {}, { ...ownerOf(asked), namespace, podName: name });
    tellStatus(objects, current(), asked, at + 1, wanted);
  }
  if (wanted === 0) tellStatus(objects, current(), asked, 0, 0);
}

function tellStatus(
  objects: Objects,
  now: KubeObject | undefined,
  asked: KubeObject,
  updated: number,
  replicas: number,
) {
  if (now === undefined) return;
  const ready = objects.list({ kind: "Pod" }).filter((pod) => isOf(pod, asked) && isReady(pod)).length;
  const status = {
    observedGeneration: asked.metadata.generation,
    replicas,
    updatedReplicas: updated,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: updated,
    currentRevision: "1",
    updateRevision: updated === replicasOf(asked) ? "1" : "2",
  };
  objects.put({ ...now, status });
}

function podsOf(objects: Objects, owner: KubeObject): readonly string[] {
  return objects
    .list({ kind: "Pod" })
    .filter((pod) => isOf(pod, owner))
    .map((pod) => pod.metadata.name);
}

function isOf(pod: KubeObject, workload: KubeObject): boolean {
  const [owner] = Array.isArray(pod.metadata.ownerReferences) ? pod.metadata.ownerReferences : [];
  const { kind, name } = ownerOf(workload);
  return pod.metadata.namespace === workload.metadata.namespace && owner?.kind === kind && owner?.name === name;
}

/** A Deployment's pods belong to a ReplicaSet of it. */
function ownerOf({ kind, metadata }: KubeObject): { readonly kind: string; readonly name: string } {
  return kind === "StatefulSet" ? { kind, name: metadata.name } : { kind: "ReplicaSet", name: `${metadata.name}-5d4f` };
}

function replicaSet(deployment: KubeObject): KubeObject {
  const { name, namespace, uid } = deployment.metadata;
  const ownerReferences = [{ apiVersion: "apps/v1", kind: "Deployment", name, uid, controller: true }];
  const metadata = {
    name: ownerOf(deployment).name,
    ...(namespace === undefined ? {} : { namespace }),
    ownerReferences,
  };
  return { apiVersion: "apps/v1", kind: "ReplicaSet", metadata };
}

function isReady(pod: KubeObject): boolean {
  const conditions = valueAt(pod, ["status", "conditions"]);
  return Array.isArray(conditions) && conditions.some((one) => one.type === "Ready" && one.status === "True");
}

/** A StatefulSet's pods keep their names, a Deployment's get new ones with each template. */
function podName({ kind, metadata }: KubeObject, at: number): string {
  return kind === "StatefulSet" ? `${metadata.name}-${at}` : `${metadata.name}-g${metadata.generation}-${at}`;
}

function replicasOf(object: KubeObject): number {
  const replicas = valueAt(object, ["spec", "replicas"]);
  return typeof replicas === "number" ? replicas : 1;
}

function observed(object: KubeObject): unknown {
  return valueAt(object, ["status", "observedGeneration"]);
}
