// A pod's log: what it has said so far, and what it says from then on.
import type { ServerResponse } from "node:http";
import { type Answer, failure, type Target } from "./api.js";
import type { Objects } from "./objects.js";
import { containersOf, type Pods } from "./pods.js";

/** Writes the log, or answers why there is none. */
export function logged(
  { pods, objects }: { readonly pods: Pods; readonly objects: Objects },
  { name = "", namespace }: Target,
  query: URLSearchParams,
  response: ServerResponse,
): Answer | undefined {
  const pod = pods.named(name);
  const object = objects.get("Pod", namespace, name);
  if (pod === undefined || object === undefined) return failure(404, "NotFound", `pods "${name}" not found`);
  const container = query.get("container");
  if (container !== null && !containersOf(object).some((one) => one.name === container))
    return failure(400, "BadRequest", `container ${container} is not valid for pod ${name}`);
  const tail = query.get("tailLines");
  response.writeHead(200, { "Content-Type": "text/plain" });
  for (const line of tail === null ? pod.log : pod.log.slice(Math.max(0, pod.log.length - Number(tail)))) {
    response.write(`${line}\n`);
  }
  response.flushHeaders();
  if (query.get("follow") !== "true") {
    response.end();
    return undefined;
  }
  const follower = (line: string) => void response.write(`${line}\n`);
  pod.followers.add(follower);
  pod.ends.add(() => response.end());
  response.on("close", () => pod.followers.delete(follower));
  return undefined;
}
