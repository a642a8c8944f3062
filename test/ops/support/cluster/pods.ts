// Pods as folders: the object that the API shows, the folder that stands for the container's root, its volumes, and its log.
import { randomUUID } from "node:crypto";
import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { isRecord, type KubeObject, type Objects, valueAt } from "./objects.js";

export interface PodPlace {
  readonly name: string;
  readonly uid: string;
  /** The folder that is `/` in its containers. */
  readonly root: string;
  /** The folder behind a path in the container, links of volumes followed. */
  at(pathInside: string): string;
  readonly log: string[];
  readonly followers: Set<(line: string) => void>;
  /** What is done when the pod goes. */
  readonly ends: Set<() => void>;
}

export interface Pods {
  start(template: unknown, owner: PodOwner): PodPlace;
  stop(name: string): void;
  /** Another pod of the same template: a new root, the same volumes. */
  replace(name: string, as?: string): void;
  named(name: string): PodPlace | undefined;
  all(): readonly PodPlace[];
  setReady(name: string, ready: boolean): void;
}

export interface PodOwner {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly podName: string;
}

/** In a template `$(POD)` stands for the pod's name. Pods of `badImages` never get ready. */
export function createPods(folder: string, objects: Objects, badImages: readonly string[]): Pods {
  const places = new Map<string, PodPlace>();
  const objectOf = (name: string) => {
    const uid = places.get(name)?.uid;
    return objects.list({ kind: "Pod" }).find((pod) => pod.metadata.uid === uid);
  };
  const start = (template: unknown, owner: PodOwner) => {
    const uid = randomUUID();
    const root = path.join(folder, "pods", uid);
    mkdirSync(path.join(root, "tmp"), { recursive: true });
    const own: unknown = JSON.parse(JSON.stringify(template).replaceAll("$(POD)", owner.podName));
    const pod = podObject(own, owner, uid, badImages);
    mountVolumes(folder, root, pod);
    const at = (inside: string) => path.join(root, inside);
    const place = {
      name: owner.podName,
      uid,
      root,
      at,
      log: [],
      followers: new Set<(line: string) => void>(),
      ends: new Set<() => void>(),
    };
    places.set(owner.podName, place);
    objects.put(pod);
    return place;
  };
  const stop = (name: string) => {
    const pod = objectOf(name);
    for (const end of places.get(name)?.ends ?? []) end();
    places.delete(name);
    if (pod !== undefined) objects.delete("Pod", pod.metadata.namespace, name);
  };
  return {
    start,
    stop,
    replace: (name, as = name) => {
      const pod = objectOf(name);
      const [owner] = Array.isArray(pod?.metadata.ownerReferences) ? pod.metadata.ownerReferences : [];
      stop(name);
      if (pod === undefined) return;
      const namespace = pod.metadata.namespace ?? "default";
      start(
        { metadata: { labels: pod.metadata.labels }, spec: pod.spec },
        { kind: owner.kind, name: owner.name, namespace, podName: as },
      );
    },
    named: (name) => places.get(name),
    all: () => [...places.values()],
    setReady: (name, ready) => {
      const pod = objectOf(name);
      if (pod !== undefined) objects.put({ ...pod, status: statusOf(pod, ready, undefined) });
    },
  };
}

function podObject(template: unknown, owner: PodOwner, uid: string, badImages: readonly string[]): KubeObject {
  const labels = valueAt(template, ["metadata", "labels"]);
  const spec = valueAt(template, ["spec"]);
  const pod: KubeObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: owner.podName,
      namespace: owner.namespace,
      uid,
      labels: isRecord(labels)
        ? Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]))
        : {},
      ownerReferences: [{ apiVersion: "apps/v1", kind: owner.kind, name: owner.name, uid: "1", controller: true }],
    },
    spec: { nodeName: "node-1", ...(isRecord(spec) ? spec : {}) },
  };
  const bad = containersOf(pod).some(({ image }) => badImages.some((one) => String(image).includes(one)));
  return { ...pod, status: statusOf(pod, !bad, bad ? "ImagePullBackOff" : undefined) };
}

export function containersOf(pod: KubeObject): readonly Readonly<Record<string, unknown>>[] {
  const list = valueAt(pod, ["spec", "containers"]);
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function statusOf(pod: KubeObject, ready: boolean, waiting: string | undefined) {
  const startedAt = new Date().toISOString().replace(/\.\d+/, "");
  const state =
    waiting === undefined
      ? { running: { startedAt } }
      : { waiting: { reason: waiting, message: `Back-off pulling image` } };
  return {
    phase: waiting === undefined ? "Running" : "Pending",
    podIP: "127.0.0.1",
    startTime: startedAt,
    conditions: ["Initialized", "Ready", "ContainersReady"].map((type) => ({ type, status: ready ? "True" : "False" })),
    containerStatuses: containersOf(pod).map(({ name, image }) => ({
      name,
      image,
      ready,
      restartCount: 0,
      state,
    })),
  };
}

/** A claim is one folder, however many pods mount it. What isn't mounted goes with the pod. */
function mountVolumes(folder: string, root: string, pod: KubeObject): void {
  const volumes = valueAt(pod, ["spec", "volumes"]);
  const claims = new Map<unknown, string>();
  for (const volume of Array.isArray(volumes) ? volumes : []) {
    const claim = valueAt(volume, ["persistentVolumeClaim", "claimName"]);
    if (typeof claim === "string") claims.set(valueAt(volume, ["name"]), claim);
  }
  for (const container of containersOf(pod)) {
    const mounts = Array.isArray(container.volumeMounts) ? container.volumeMounts : [];
    for (const mount of mounts) {
      const [claim, inside] = [claims.get(valueAt(mount, ["name"])), valueAt(mount, ["mountPath"])];
      if (claim === undefined || typeof inside !== "string") continue;
      const target = path.join(folder, "claims", claim);
      mkdirSync(target, { recursive: true });
      const place = path.join(root, inside);
      mkdirSync(path.dirname(place), { recursive: true });
      symlinkSync(target, place);
    }
  }
}
