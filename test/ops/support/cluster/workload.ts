// A Deployment or StatefulSet in few words, as a host's chart would make it.
import type { KubeObject } from "./objects.js";

export interface WorkloadOptions {
  readonly kind?: "Deployment" | "StatefulSet";
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly container?: string;
  readonly image?: string;
  /** Claims by where they are mounted; `$(POD)` is the pod's name. Without it, `/data/plugins` on a claim for each pod. */
  readonly claims?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export function workload({
  kind = "StatefulSet",
  name = "buntime",
  namespace = "default",
  replicas = 2,
  labels = { app: name },
  container = name,
  image = "example.org/host:1",
  claims = { "/data/plugins": "plugins-$(POD)" },
  env = {},
}: WorkloadOptions): KubeObject {
  const mounts = Object.entries(claims);
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...(kind === "StatefulSet" ? { updateStrategy: { type: "RollingUpdate" }, serviceName: name } : {}),
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: container,
              image,
              env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
              volumeMounts: mounts.map(([mountPath], at) => ({ name: `volume-${at}`, mountPath })),
            },
          ],
          volumes: mounts.map(([, claimName], at) => ({ name: `volume-${at}`, persistentVolumeClaim: { claimName } })),
        },
      },
    },
  };
}
