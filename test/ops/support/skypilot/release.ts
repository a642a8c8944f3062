// A SkyPilot release as its chart makes it, with the values that plugins need or without them, and what its hook does at a start.
import { execFileSync } from "node:child_process";
import type { KubeObject } from "../cluster/objects.js";

/** Installs the wheels of the ConfigMap, as a pod does when it starts. */
export function installFromConfigMap(python: string, map: KubeObject | undefined): void {
  const binaries = map?.binaryData;
  for (const [file, wheel] of Object.entries(typeof binaries === "object" && binaries !== null ? binaries : {}))
    execFileSync(python, ["-c", install, file.split("-")[0] ?? ""], { input: String(wheel) });
}

const install = `
import base64, io, pathlib, shutil, sys, sysconfig, zipfile
site = pathlib.Path(sysconfig.get_paths()["purelib"])
for old in site.glob(sys.argv[1] + "-*.dist-info"):
    shutil.rmtree(old)
zipfile.ZipFile(io.BytesIO(base64.b64decode(sys.stdin.read()))).extractall(site)
`;

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
