// What a release's Helm values have to say once, so that its server reads the ConfigMap and installs the wheels in it; and whether a
// running release does so already. The chart has no value for plugins; these are the ones that serve.
import { createHash } from "node:crypto";
import { stringify } from "yaml";
import { listAt, printedJson, textAt } from "../../../transports/kubernetes/json.js";
import { pluginsName, remoteName } from "../files/project.js";
import { pluginsVariable, remoteVariable } from "../variables.js";
import type { Content } from "./configMap.js";
import type { ClusterServer } from "./place.js";

export function helmValues(
  { configMap, directory }: Pick<ClusterServer, "configMap" | "directory">,
  content: Content,
): string {
  const hook = [
    `for wheel in ${directory}/*.whl; do`,
    '  if [ -e "$wheel" ]; then pip install --no-input "$wheel"; fi',
    "done",
    "",
  ].join("\n");
  const values = {
    apiService: {
      annotations: { "plugsmith/plugins-sha256": digestOf(content) },
      extraEnvs: [
        { name: pluginsVariable, value: `${directory}/${pluginsName}` },
        { name: remoteVariable, value: `${directory}/${remoteName}` },
      ],
      extraVolumes: [{ name: "plugins", configMap: { name: configMap } }],
      extraVolumeMounts: [{ name: "plugins", mountPath: directory, readOnly: true }],
      preDeployHook: hook,
    },
  };
  const head = [
    "# For helm upgrade --reuse-values --values FILE. Lists replace those of the release: add what it has there already.",
    "# The annotation rolls the pod when the plugins change and the release is upgraded.",
    "",
  ].join("\n");
  return head + stringify(values, { lineWidth: 0 });
}

export interface Wiring {
  /** The server's container has the ConfigMap at the directory. */
  readonly isMounted: boolean;
  /** The server is told to read the file there. */
  readonly isRead: boolean;
  /** Something at the container's start installs wheels. */
  readonly installs: boolean;
}

export async function wiringOf(
  server: ClusterServer,
  workload: string,
  step: string,
  signal: AbortSignal,
): Promise<Wiring> {
  const args = ["get", workload, "--output=json", "--request-timeout=20s"];
  const found = printedJson(step, (await server.kubectl({ step, args, signal })).out);
  const volumes = listAt(found, "spec", "template", "spec", "volumes");
  const volume = volumes.find((one) => textAt(one, "configMap", "name") === server.configMap);
  const containers = listAt(found, "spec", "template", "spec", "containers");
  const mounts = containers.flatMap((one) => listAt(one, "volumeMounts"));
  const name = textAt(volume, "name");
  const isMounted = mounts.some((one) => textAt(one, "mountPath") === server.directory && textAt(one, "name") === name);
  const variables = containers.flatMap((one) => listAt(one, "env"));
  const isRead = variables.some(
    (one) => textAt(one, "name") === pluginsVariable && textAt(one, "value") === `${server.directory}/${pluginsName}`,
  );
  return {
    isMounted: name !== undefined && isMounted,
    isRead,
    installs: /pip install/.test(JSON.stringify(containers)),
  };
}

export function wiringProblem({ isMounted, isRead, installs }: Wiring, server: ClusterServer): string | undefined {
  if (!isMounted) return `its pods don't have the ConfigMap "${server.configMap}" at ${server.directory}`;
  if (!isRead) return `its pods don't have ${pluginsVariable}=${server.directory}/${pluginsName}`;
  return installs ? undefined : `nothing at the start of its pods installs the wheels in ${server.directory}`;
}

function digestOf({ texts, binaries }: Content): string {
  const hash = createHash("sha256");
  for (const [key, value] of [...texts, ...binaries].sort()) hash.update(`${key}\0${value}\n`);
  return hash.digest("hex");
}
