// A SkyPilot release as its chart makes it, with the values that plugins need or without them, and what its hook does at a start.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unzip } from "../../../../client/ops/localHost/unzip.js";
import type { KubeObject } from "../cluster/objects.js";
import { siteOf } from "./server.js";

/** Installs the wheels of the ConfigMap, as a pod does when it starts. */
export function installFromConfigMap(python: string, map: KubeObject | undefined): void {
  const site = siteOf(python);
  const binaries = map?.binaryData;
  for (const [file, wheel] of Object.entries(typeof binaries === "object" && binaries !== null ? binaries : {})) {
    const stem = `${file.split("-")[0]}-`;
    for (const old of readdirSync(site).filter((name) => name.startsWith(stem) && name.endsWith(".dist-info")))
      rmSync(path.join(site, old), { recursive: true });
    for (const [name, content] of unzip(Buffer.from(String(wheel), "base64"), mostBytes)) {
      mkdirSync(path.dirname(path.join(site, name)), { recursive: true });
      writeFileSync(path.join(site, name), content);
    }
  }
}

const mostBytes = 1024 * 1024;

export function release({ wired }: { readonly wired: boolean }): KubeObject {
  const labels = { app: "skypilot-api" };
  const container = {
    name: "skypilot-api",
    image: "example.org/skypilot:1",
    ...(wired
      ? {
          args: ["for wheel in /etc/skypilot/*.whl; do pip install --no-input $wheel; done; sky api start --deploy"],
          env: [{ name: "SKYPILOT_SERVER_PLUGINS_CONFIG", value: "/etc/skypilot/plugins.yaml" }],
          volumeMounts: [{ name: "plugins", mountPath: "/etc/skypilot" }],
        }
      : {}),
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "skypilot-api-server", namespace: "default", labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [container],
          volumes: wired ? [{ name: "plugins", configMap: { name: "skypilot-plugins" } }] : [],
        },
      },
    },
  };
}
