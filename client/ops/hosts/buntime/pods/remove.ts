// Takes a plugin's folder out of every volume; built-in plugins lie in the image and stay.
import { mustHaveAll, outcomeOf, type Pod } from "../../../transports/kubernetes/index.js";
import type { ReplicaOutcome } from "../../host.js";
import { HostError } from "../../hostError.js";
import { inventory } from "../list.js";
import { removalProblem } from "../names.js";
import { folderOf, type PodsHost } from "./podsHost.js";

export async function takeOut(
  host: PodsHost,
  pod: Pod,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly folder: string; readonly replicas: readonly ReplicaOutcome[] }> {
  const now = await inventory(await host.session(pod, "removal", signal), "removal", signal);
  const plugin = now.plugins.find((one) => one.name === name);
  if (plugin === undefined)
    throw wrong(
      "missing",
      `"${host.config.name}" has no plugin "${name}"`,
      "refresh the list; someone may have removed it already",
    );
  const folder = folderOf(host.directory, now, name);
  if (folder === undefined || plugin.source === "built-in") {
    const where = plugin.path === undefined ? "elsewhere" : `in ${plugin.path}`;
    const message = `"${name}" does not lie in ${host.directory} but ${where}; nothing was removed`;
    throw wrong("refused", message, "disable it instead, or change the host's image");
  }
  const harm = removalProblem(folder);
  if (harm !== undefined)
    throw wrong("refused", `${harm}; nothing was removed`, "remove it in the pod itself if it must go");
  const replicas = await host.cluster.remove(folder, { signal });
  mustHaveAll("removal", replicas);
  return { folder, replicas: replicas.map(outcomeOf) };
}

function wrong(kind: "missing" | "refused", message: string, next: string): HostError {
  return new HostError({ kind, step: "removal", message, next });
}
